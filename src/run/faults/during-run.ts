import type { FaultsEvidence, LostDatabase } from '../../evidence/faults.js';
import { lostDatabases } from '../../evidence/lost-databases.js';
import { seededRandom } from '../../load/pacing/random.js';
import { ClientLinks, withClientLinks } from '../../load/transport/client-links.js';
import type { Observation } from '../../observations/observation.js';
import type { StartedSystem } from '../../providers/provider.js';
import { lackingIn } from '../../scenario/fault-links.js';
import type { Scenario } from '../../scenario/schema.js';
import { faultThatEnded, type EndedServer } from './caused-end.js';
import { FaultDriver, type FaultTold } from './driver.js';
import { NodeWatch } from './node-watch.js';
import { planFaults } from './plan.js';

/** The faults of one run: does them, and watches the nodes meanwhile. */
export interface FaultsDuringRun {
  /** What they do to messages between clients and servers. */
  links: ClientLinks;
  /** Must be told every observation. */
  observed: (observation: Observation) => void;
  /** The place of the fault that ended a server by taking its database away, if one did. Never rejects. */
  faultBehind: (server: EndedServer) => Promise<number | undefined>;
  /** Ends the watch where the load failed. */
  abandon: () => void;
  /** Undoes what is not undone yet, and returns what was done and seen. */
  end: () => Promise<FaultsEvidence>;
}

/** @returns undefined for a scenario without faults */
export function faultsDuring(
  scenario: Scenario,
  { cluster, servers, network }: Pick<StartedSystem, 'cluster' | 'servers' | 'network'>,
  run: { seed: number; nowUs: () => number; signal: AbortSignal; told: (event: FaultTold) => void },
): FaultsDuringRun | undefined {
  const faults = planFaults(scenario, run.seed);
  if (faults.length === 0) return undefined;
  const all = [...cluster.nodes, ...servers];
  const abilitiesOf = (name: string) => all.find((one) => one.name === name)?.abilities;
  const hasEnded = (name: string) => all.find((one) => one.name === name)?.running?.ending !== undefined;
  const links = new ClientLinks(seededRandom(run.seed));
  const driver = new FaultDriver({
    ...run,
    faults,
    abilitiesOf,
    hasEnded,
    network: withClientLinks(links, network),
    lackingIn: (rules) => lackingIn(rules, scenario),
  });
  const watch = new NodeWatch(cluster.nodes, run.nowUs);
  const soFar = (): FaultsEvidence => ({
    loadBeganAtUs: driver.loadBeganAtUs,
    faults: driver.faults,
    nodeStates: watch.states,
  });
  return {
    links,
    observed: (observation) => driver.observed(observation),
    faultBehind: (server) =>
      faultThatEnded(server, soFar(), scenario.kea.leaseDatabase, toRunUs(run.nowUs)).catch(() => undefined),
    abandon: () => watch.stop(),
    end: async () => {
      await driver.end();
      await watch.end();
      const clientLinks = links.evidence(servers.map(({ name }) => name));
      return {
        ...soFar(),
        lostDatabases: await ofServers(servers, toRunUs(run.nowUs)),
        ...(clientLinks.length === 0 ? {} : { clientLinks }),
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
