import { secondsOf } from '../../numbers.js';
import type { Evidence } from '../../evidence/evidence.js';
import type { FaultEvidence, FaultsEvidence } from '../../evidence/faults.js';
import type { Check } from '../../results/check.js';
import type { Scenario } from '../../scenario/schema.js';
import type { DuringFaults } from './during-faults.js';
import { AFTERMATH_US } from './windows.js';

/** What the clients of one case saw during the faults. */
export interface CaseDuringFaults {
  name: string;
  during: DuringFaults;
}

/**
 * The checks of a run with faults: that each took place and was undone, that no minority gave leases, and that servers
 * serve again. A check that could not fail is left out: behind a proxy nobody knows which node gave a lease.
 */
export function faultChecks(
  { faults }: FaultsEvidence,
  cases: readonly CaseDuringFaults[],
  evidence: Pick<Evidence, 'deaths'>,
  scenario: Partial<Pick<Scenario, 'kea' | 'load' | 'faults' | 'randomFaults'>>,
): Check[] {
  return [
    allDone(faults, plannedIn(scenario)),
    ...cases.flatMap((one) => [...noMinorityCommits(one), ...servedAgain(one, evidence, scenario)]),
  ];
}

function noMinorityCommits({ name, during }: CaseDuringFaults): Check[] {
  const { minorityCommits: commits, answersOnTheirWay, renewalsOutside } = during.figures;
  if (commits === null) return [];
  const { unseen, someWere } = during.outside;
  const beside = [
    ...(unseen.length > 0 ? [`nobody saw the state of the nodes of ${unseen.join(', ')}`] : []),
    ...(unseen.length === 0 && !someWere ? ['no node was seen there'] : []),
    ...(answersOnTheirWay ? [`${answersOnTheirWay} more were asked for before the node was seen there`] : []),
    ...(renewalsOutside ? [`${renewalsOutside} renewals, which Kea may answer without its database`] : []),
  ];
  return [
    {
      name: 'faults.minorityCommits',
      case: name,
      phase: '',
      expected: '0 leases given through a node outside the primary component',
      actual: [commits, ...beside].join('; '),
      verdict: commits > 0 ? 'fail' : unseen.length > 0 ? 'inconclusive' : 'pass',
      count: { found: commits, of: null },
    },
  ];
}

/**
 * A server that is asked in vain after its fault has not recovered. One that ended is told of in another way, and one
 * whose pool is meant to be full may be silent.
 */
function servedAgain(
  { name, during }: CaseDuringFaults,
  { deaths }: Pick<Evidence, 'deaths'>,
  { kea, load }: Partial<Pick<Scenario, 'kea' | 'load'>>,
): Check[] {
  if (load?.beyondPool === true) return [];
  const soonUs = AFTERMATH_US + (kea?.leaseDatabase?.reconnectWaitTime ?? 0) * 1_000;
  const endedSince = (server: string, { beganAtUs }: FaultEvidence): boolean =>
    deaths.some(({ name: who, atUs }) => who === server && atUs >= (beganAtUs ?? 0));
  const undoings = during.servingAgain
    .flatMap((one) => one.after(soonUs).map((after) => ({ ...after, server: one.server })))
    .filter(({ server, fault }) => !endedSince(server, fault));
  if (undoings.length === 0) return [];
  const inVain = undoings.filter((one) => !one.servedAgain);
  return [
    {
      name: 'faults.servedAgain',
      case: name,
      phase: '',
      expected: `no server is asked in vain for ${soonUs / 1e6} s after a fault is undone and its node is ready; where its link to its node was cut, for as much longer as that lasted`,
      actual:
        inVain.length === 0
          ? `each served again (${undoings.length} of ${undoings.length} times)`
          : inVain
              .map(
                ({ server, fault: { fault, on }, askedForUs }) =>
                  `${server} was, for ${secondsOf(askedForUs)} after ${fault} of ${on}`,
              )
              .join('; '),
      verdict: inVain.length === 0 ? 'pass' : 'fail',
      count: { found: inVain.length, of: undoings.length },
    },
  ];
}

/** The check of a run whose scenario has faults, and whose evidence says nothing of them. */
export function unrecordedFaults(scenario: Partial<Pick<Scenario, 'faults' | 'randomFaults'>>): Check[] {
  return plannedIn(scenario) === 0 ? [] : [allDone([], plannedIn(scenario))];
}

/** How many faults a scenario has. */
function plannedIn({
  faults = [],
  randomFaults,
}: Partial<Pick<Scenario, 'faults' | 'randomFaults'>>): number {
  return faults.length + (randomFaults?.count ?? 0);
}

function allDone(faults: FaultsEvidence['faults'], planned: number): Check {
  const open = faults.flatMap(({ fault, on, doneAtUs, undoneAtUs, failed, met }) => {
    if (failed !== undefined) return [`${fault} of ${on}: ${failed}`];
    if (doneAtUs === null) return [`${fault} of ${on} was not done`];
    if (undoneAtUs === null) return [`${fault} of ${on} was not undone`];
    // Nodes send to each other every second, and servers to their nodes as long as anybody asks them.
    const didNothing = met?.every(({ dropped, affected = dropped }) => affected === 0) === true;
    return didNothing ? [`${fault} of ${on} did nothing to any message`] : [];
  });
  if (faults.length < planned) open.push(`the evidence has ${faults.length} of ${planned} faults`);
  return {
    name: 'faults.done',
    case: '',
    phase: '',
    expected: 'each fault is done and undone',
    actual: open.length === 0 ? `${faults.length} of ${faults.length} were` : open.join('; '),
    verdict: open.length === 0 ? 'pass' : 'inconclusive',
  };
}
