import type { FaultsEvidence, LostDatabase } from '../../evidence/faults.js';
import { lostDatabases } from '../../evidence/lost-databases.js';
import type { ImpairableNetwork, PassedOnLink } from '../../faults/links.js';
import { withClientLinks } from '../../load/sockets/client-links.js';
import type { StartedSystem } from '../../providers/provider.js';
import { lackingIn } from '../../scenario/fault-links.js';
import type { Scenario } from '../../scenario/schema.js';
import { faultThatEnded, type EndedServer } from './caused-end.js';
import { FaultDriver, type FaultTold } from './driver.js';
import { NodeWatch } from './node-watch.js';
import { planFaults } from './plan.js';

/** The faults of one run: does them, and watches the nodes meanwhile. */
export interface FaultsDuringRun {
  /** See `FaultDriver`. */
  marks: readonly number[];
  reached: FaultDriver['reached'];
  /** The place of the fault that ended a server by taking its database away, if one did. Never rejects. */
  faultBehind: (server: EndedServer) => Promise<number | undefined>;
  /** Ends the watch where the load failed. */
  abandon: () => void;
  /**
   * Undoes what is not undone yet, and returns what was done and seen.
   *
   * @param passed what became of messages between clients and servers
   */
  end: (passed: readonly PassedOnLink[]) => Promise<FaultsEvidence>;
}

/**
 * @param clientLinks the links between clients and servers, which belong to the load
 * @returns undefined for a scenario without faults
 */
export function faultsDuring(
  scenario: Scenario,
  { cluster, servers, network }: Pick<StartedSystem, 'cluster' | 'servers' | 'network'>,
  clientLinks: ImpairableNetwork,
  run: { seed: number; nowUs: () => number; signal: AbortSignal; told: (event: FaultTold) => void },
): FaultsDuringRun | undefined {
  const faults = planFaults(scenario, run.seed);
  if (faults.length === 0) return undefined;
  const all = [...cluster.nodes, ...servers];
  const abilitiesOf = (name: string) => all.find((one) => one.name === name)?.abilities;
  const hasEnded = (name: string) => all.find((one) => one.name === name)?.running?.ending !== undefined;
  const driver = new FaultDriver({
    ...run,
    faults,
    abilitiesOf,
    hasEnded,
    network: withClientLinks(clientLinks, network),
    lackingIn: (rules) => lackingIn(rules, scenario),
  });
  const watch = new NodeWatch(cluster.nodes, run.nowUs);
  const soFar = (): FaultsEvidence => ({
    loadBeganAtUs: driver.loadBeganAtUs,
    faults: driver.faults,
    nodeStates: watch.states,
  });
  return {
    marks: driver.marks,
    reached: (exchanges, firstAtUs) => driver.reached(exchanges, firstAtUs),
    faultBehind: (server) =>
      faultThatEnded(server, soFar(), scenario.kea.leaseDatabase, toRunUs(run.nowUs)).catch(() => undefined),
    abandon: () => watch.stop(),
    end: async (passed) => {
      await driver.end();
      await watch.end();
      return {
        ...soFar(),
        lostDatabases: await ofServers(servers, toRunUs(run.nowUs)),
        ...(passed.length === 0 ? {} : { clientLinks: [...passed] }),
      };
    },
  };
}

/** What the logs of the servers say of their databases. A log that can't be read says nothing. */
async function ofServers(
  servers: StartedSystem['servers'],
  clock: (ms: number) => number,
): Promise<LostDatabase[]> {
  const each = servers.map(async ({ name, running }) =>
    running === undefined ? undefined : lostDatabases(name, running.logFile, clock).catch(() => undefined),
  );
  const all = (await Promise.all(each)).flatMap((one) => one?.all ?? []);
  return all.sort((one, other) => one.lostAtUs - other.lostAtUs);
}

/** From milliseconds since 1970, as logs have them, to the run's clock. */
function toRunUs(nowUs: () => number): (ms: number) => number {
  const runBeganMs = Date.now() - nowUs() / 1_000;
  return (ms) => (ms - runBeganMs) * 1_000;
}
