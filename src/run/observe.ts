import { join } from 'node:path';
import { HarnessError, messageOf } from '../errors.js';
import { transportText } from '../report/words/transport.js';
import type { TransportName } from '../results/transport-names.js';
import type { ImpairableNetwork } from '../faults/links.js';
import { collectCommits } from '../evidence/commits/collect.js';
import { GrowthWatch } from '../evidence/commits/growth.js';
import { collectAfterLoad, collectBeforeLoad, type Collected } from '../evidence/collect.js';
import type { Death, Evidence } from '../evidence/evidence.js';
import { ResourceWatch } from '../evidence/resources.js';
import { readSocketDrops } from '../evidence/socket-drops.js';
import { outOfFilesExplained } from '../open-files.js';
import { loadServerOf } from '../load/load-server.js';
import { planLoad, type LoadPlan } from '../load/plan-load.js';
import { clockFrom } from '../load/thread/clock.js';
import type { RunningLoad } from '../load/thread/load-thread.js';
import { startLoad } from '../load/thread/load-threads.js';
import { told, type LoadOutcome, type TransportUsed } from '../load/thread/order.js';
import type { LiveCount } from '../observations/journal/live-counts.js';
import type { Scenario } from '../scenario/schema.js';
import type { FaultTold } from './faults/driver.js';
import { faultsDuring } from './faults/during-run.js';
import { beginCapture } from './capture.js';
import { DeathWatch } from './deaths.js';
import type { Stages } from './events/stages.js';
import type { RunDirectory } from '../store/run-directory.js';
import { STORED } from '../store/stored-run.js';
import type { StartedSystem } from '../providers/provider.js';
import { traitsOf } from '../scenario/flavors.js';

export interface ObserveRequest {
  scenario: Scenario;
  seed: number;
  system: StartedSystem;
  plan: LoadPlan;
  /** The path of the journal, which has its header already. */
  journal: string;
  /** Absent for the best that the machine has. */
  transport?: TransportName | undefined;
  /** Whether to write `capture.pcap`. */
  capture: boolean;
  directory: Pick<RunDirectory, 'path'>;
  signal: AbortSignal;
  progress: (counts: readonly LiveCount[], secondsLeft: number) => void;
  died: (death: Death) => void;
  /** Called when a fault is begun, undone, or could not be. */
  faultTold: (event: FaultTold) => void;
  /** Tells those who watch what is done next. */
  say: (text: string) => void;
  stages: Pick<Stages, 'enter'>;
}

export interface Observed extends Pick<
  Evidence,
  | 'observations'
  | 'endedEarly'
  | 'deaths'
  | 'drops'
  | 'sendErrors'
  | 'resources'
  | 'acts'
  | 'faults'
  | 'commits'
  | 'transport'
> {
  /** The evidence without the servers' logs; absent where the run ended before its load. */
  collected?: Collected;
}

const PROGRESS_EVERY_MS = 250;
const NOTHING_YET = { activeMs: 0, idleMs: 0 };

export function planOf(scenario: Scenario, servers: number, seed: number): LoadPlan {
  return planLoad({ cases: scenario.cases, load: scenario.load, servers, seed });
}

/**
 * Runs the load and stores what is observed. An unasked death, a full disk or an abort of the signal ends the load
 * early. The journal then has what was observed until that moment.
 */
export async function observe(request: ObserveRequest): Promise<Observed> {
  const { scenario, system, plan } = request;
  const originNs = process.hrtime.bigint();
  const nowUs = clockFrom(originNs);
  const early = new AbortController();
  let endedEarly: Evidence['endedEarly'] = null;
  let drops: Evidence['drops'] = [];
  let sendErrors: Evidence['sendErrors'] = [];
  let transport: TransportUsed | undefined;
  let load: RunningLoad | undefined;
  const end = (error: unknown): void => {
    endedEarly ??= describeEnd(error);
    early.abort();
  };
  // A failed write must end the run. It must not end the handling of the event whose data was to be written.
  const orEnd = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      end(error);
    }
  };
  const clientLinks: ImpairableNetwork = {
    impair: async (...rules) => load?.links.impair(...rules),
    repair: async (key) => load?.links.repair(key),
    met: (key) => load?.links.met?.(key) ?? [],
  };
  const faults = faultsDuring(scenario, system, clientLinks, {
    nowUs,
    seed: request.seed,
    signal: request.signal,
    told: request.faultTold,
  });
  const deaths = new DeathWatch({
    watched: watchedOf(system),
    nowUs,
    signal: request.signal,
    noticed: () => early.abort(),
    ...(faults === undefined ? {} : { faultBehind: faults.faultBehind }),
    told: (death) => orEnd(() => request.died(death)),
  });
  const collecting = {
    nodes: system.cluster.nodes,
    servers: system.servers,
    proxy: system.cluster.proxy,
    replicated: traitsOf(scenario.cluster.flavor).sharesLeases,
    ...(scenario.external === undefined ? {} : { ownSeed: request.seed }),
    directory: request.directory.path,
    nowUs,
    signal: request.signal,
  };
  const before = await collectBeforeLoad(collecting);
  const growth = new GrowthWatch(system.cluster.nodes, nowUs);
  const resources = new ResourceWatch(
    watchedOf(system),
    nowUs,
    (atUs) => load?.workedAt(atUs) ?? NOTHING_YET,
  );
  const { seconds: lifeS = 0 } = scenario.load.life ?? {};
  const endUs = Math.max(...plan.offered.map((offered) => offered.plannedDurationUs)) + lifeS * 1_000_000;
  const ticker = setInterval(() => {
    if (load !== undefined) request.progress(load.counts, Math.max(0, (endUs - nowUs()) / 1_000_000));
  }, PROGRESS_EVERY_MS);
  const capture = request.capture
    ? await beginCapture(join(request.directory.path, STORED.capture), system, end)
    : undefined;
  request.stages.enter('load');
  resources.start();
  growth.start();
  let outcome: LoadOutcome;
  try {
    const order = {
      cases: scenario.cases,
      servers: system.servers.map(loadServerOf),
      load: scenario.load,
      seed: request.seed,
      ...(scenario.load.clientsFrom === undefined
        ? {}
        : { clients: join(request.directory.path, STORED.clients) }),
      layout: plan.layout,
      originNs,
      journal: request.journal,
      capture: capture?.byLoad,
      transport: request.transport,
      hasFaults: faults !== undefined,
      marks: faults?.marks ?? [],
    };
    load = startLoad(order, {
      signal: AbortSignal.any([request.signal, early.signal]),
      opened: (used) => {
        transport = used;
        if (used.instead !== undefined || used.lacking !== undefined)
          request.say(`Datagrams: ${transportText({ transport: { ...used, clockSteps: [] } }) ?? ''}`);
      },
      reached: (exchanges, firstAtUs) => faults?.reached(exchanges, firstAtUs),
      // The kernel's count of drops is lost when the socket closes.
      beforeClose: async (failed) => {
        sendErrors = failed.map(({ server, count }) => ({ socket: `harness ${server}`, errors: count }));
        drops = await readSocketDrops(system.servers);
      },
    });
    outcome = await load.outcome;
  } catch (error) {
    faults?.abandon();
    growth.stop();
    throw error;
  } finally {
    clearInterval(ticker);
    resources.stop();
  }
  const { acts, records, passed } = outcome;
  if (outcome.endedEarly !== null) end(told(outcome.endedEarly));
  await capture?.close().catch(end);
  request.stages.enter('evidence');
  const done = await faults?.end(passed);
  if (!request.signal.aborted) request.say('Reading the lease tables through every node…');
  const collected = await collectAfterLoad(collecting, before);
  growth.stop();
  const commits = await collectCommits({ ...collecting, growth, columns: before.columns });
  for (const act of acts) if (act.missed > 0) request.say(describeMissed(act));
  return {
    observations: records,
    endedEarly,
    deaths: await deaths.end(),
    drops,
    sendErrors,
    resources: resources.evidence(),
    acts,
    ...(done === undefined ? {} : { faults: done }),
    ...(commits === undefined ? {} : { commits }),
    ...(transport === undefined ? {} : { transport: { ...transport, clockSteps: outcome.clockSteps } }),
    collected,
  };
}

function describeMissed({ case: name, act, due, missed }: NonNullable<Evidence['acts']>[number]): string {
  return `${name}: ${missed} of ${due} times no client with a lease was free to ${act}`;
}

function watchedOf({ cluster: { nodes, proxy }, servers }: StartedSystem) {
  const behindProxy = [...(proxy === undefined ? [] : [proxy]), ...nodes].map(({ name }) => name);
  return [
    ...nodes.map(({ name, running }) => ({ kind: 'node' as const, name, running })),
    ...(proxy === undefined ? [] : [{ kind: 'proxy' as const, name: proxy.name, running: proxy.running }]),
    ...servers.map(({ name, node, proxy: through, running }) => ({
      kind: 'server' as const,
      name,
      needs: through === undefined ? [node] : behindProxy,
      running,
    })),
  ];
}

/** Describes the error that ended the load early. */
export function describeEnd(thrown: unknown): { code: string; message: string } {
  const error = outOfFilesExplained(thrown);
  return error instanceof HarnessError
    ? { code: error.code, message: error.message }
    : { code: 'INTERNAL', message: messageOf(error) };
}
