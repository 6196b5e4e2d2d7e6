import type { Evidence } from '../../evidence/evidence.js';
import type { FaultsEvidence } from '../../evidence/faults.js';
import type { FaultsJudgement } from '../../results/faults.js';
import type { DuringFaults } from './during-faults.js';
import type { LeasesByFault } from './leases-by-fault.js';

/**
 * @param cases what the clients of each case saw
 * @param leases the leases that were lost, if the lease tables tell, and those that two clients held
 */
export function faultFigures(
  { faults, nodeStates, loadBeganAtUs, lostDatabases = [], clientLinks = [] }: FaultsEvidence,
  { deaths }: Pick<Evidence, 'deaths'>,
  cases: readonly DuringFaults[],
  leases: { lost: LeasesByFault | undefined; heldByTwo: LeasesByFault },
): FaultsJudgement {
  const ms = (us: number): number => Math.round((us - (loadBeganAtUs ?? 0)) / 1_000);
  const msOrNull = (us: number | null): number | null => (us === null ? null : ms(us));
  return {
    loadBeganAtMs: loadBeganAtUs === null ? null : Math.round(loadBeganAtUs / 1_000),
    faults: faults.map(({ fault, on, targets, hadEnded, planned, failed, met, ...times }, index) => ({
      fault,
      on,
      targets: [...targets],
      ...(hadEnded === undefined ? {} : { hadEnded }),
      planned,
      beganAtMs: msOrNull(times.beganAtUs),
      doneAtMs: msOrNull(times.doneAtUs),
      undoBeganAtMs: msOrNull(times.undoBeganAtUs),
      undoneAtMs: msOrNull(times.undoneAtUs),
      ...(failed === undefined ? {} : { failed }),
      ...(met === undefined ? {} : { met: [...met] }),
      servers: cases.flatMap((one) => one.servers(index)),
    })),
    nodes: nodeStates.map(({ node, atUs, status, state, size, members }) => ({
      node,
      atMs: ms(atUs),
      status,
      state,
      size,
      ...(members === undefined ? {} : { members }),
    })),
    ended: deaths.flatMap(({ name, atUs, how, fault }) =>
      fault === undefined ? [] : [{ server: name, atMs: ms(atUs), how, fault }],
    ),
    lostDatabases: lostDatabases.map(({ server, lostAtUs, backAtUs, failedAttempts }) => ({
      server,
      atMs: ms(lostAtUs),
      backAtMs: msOrNull(backAtUs),
      failedAttempts,
    })),
    clientLinks: [...clientLinks],
    ...(leases.lost === undefined ? {} : { lost: leases.lost.result(ms) }),
    heldByTwo: leases.heldByTwo.result(ms),
    served: cases.flatMap((one) => one.served),
  };
}
