import type { FaultsEvidence } from '../../evidence/faults.js';
import { lostDatabases, type GaveUp } from '../../evidence/lost-databases.js';
import { activeAt, effectsOf, isNode, takesDatabase } from '../../judgement/faults/windows.js';
import type { Ending } from '../../processes/ending.js';
import type { Scenario } from '../../scenario/schema.js';
import { LEASE_DATABASE_DEFAULTS } from '../../scenario/schema/lease-database.js';

/** The exit code of a Kea server that ends for want of its database, and of one that fails otherwise. */
const FAILED = 1;

/** How far the times of a log, in whole milliseconds of another clock, may be from those of the run. */
const LOG_CLOCK_US = 100_000;

/** A server that has ended unasked. */
export interface EndedServer {
  name: string;
  /** The nodes that it may be connected to. */
  needs: readonly string[];
  ending: Ending | undefined;
  logFile: string;
}

/**
 * The place of the fault that ended a server. A fault is the cause only if the server's settings let it end without its
 * database, its log says that it gave up, it exited as it then does, and it lost its database during a fault of a node,
 * or of its own link to one.
 * That may be any node: until the others have given it up, no node commits, and a server with a read timeout loses
 * its own. A fault of a node that the server may be connected to comes first, else the latest.
 */
export async function faultThatEnded(
  server: EndedServer,
  faults: FaultsEvidence,
  leaseDatabase: Scenario['kea']['leaseDatabase'],
  toRunUs: (ms: number) => number,
): Promise<number | undefined> {
  if (server.ending?.exitCode !== FAILED) return undefined;
  const { gaveUp } = await lostDatabases(server.name, server.logFile, toRunUs);
  return gaveUp === undefined || !mayEnd(gaveUp, leaseDatabase)
    ? undefined
    : faultBehind(gaveUp.lostAtUs, server, faults);
}

function mayEnd({ when }: GaveUp, leaseDatabase: Scenario['kea']['leaseDatabase']): boolean {
  const { onFail, retryOnStartup } = { ...LEASE_DATABASE_DEFAULTS, ...leaseDatabase };
  return onFail !== 'serve-retry-continue' || (when === 'starting' && !retryOnStartup);
}

function faultBehind(
  lostAtUs: number,
  { name, needs }: Pick<EndedServer, 'name' | 'needs'>,
  evidence: FaultsEvidence,
): number | undefined {
  const effects = effectsOf(evidence);
  const active = new Set([...activeAt(effects, lostAtUs), ...activeAt(effects, lostAtUs + LOG_CLOCK_US)]);
  const own = [name, ...needs];
  const mayBe = evidence.faults.flatMap((fault, place) => {
    const { targets, beganAtUs, lacking } = fault;
    const tookDatabase = lacking === undefined ? targets.some(isNode) : takesDatabase(fault, name);
    return active.has(place) && tookDatabase
      ? [{ place, beganAtUs: beganAtUs ?? 0, isOwn: targets.some((one) => own.includes(one)) }]
      : [];
  });
  const [first] = mayBe.sort(
    (one, other) => Number(other.isOwn) - Number(one.isOwn) || other.beganAtUs - one.beganAtUs,
  );
  return first?.place;
}
