import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { HarnessError, messageOf } from '../errors.js';
import { collectCommits } from '../evidence/commits/collect.js';
import { GrowthWatch } from '../evidence/commits/growth.js';
import { collectAfterLoad, collectBeforeLoad, type Collected } from '../evidence/collect.js';
import type { Death, Evidence } from '../evidence/evidence.js';
import { ResourceWatch } from '../evidence/resources.js';
import { readSocketDrops } from '../evidence/socket-drops.js';
import { outOfFilesExplained } from '../open-files.js';
import { planLoad, runLoad, type LoadPlan } from '../load/run-load.js';
import type { JournalWriter } from '../observations/journal/journal.js';
import { LiveCounts, type LiveCount } from '../observations/journal/live-counts.js';
import type { Cleanup } from '../processes/cleanup.js';
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
  journal: JournalWriter;
  /** Whether to write `capture.pcap`. */
  capture: boolean;
  cleanup: Pick<Cleanup, 'push'>;
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
  'endedEarly' | 'deaths' | 'drops' | 'sendErrors' | 'resources' | 'acts' | 'faults' | 'commits'
> {
  /** The evidence without the servers' logs; absent where the run ended before its load. */
  collected?: Collected;
}

const PROGRESS_EVERY_MS = 250;

export function planOf(scenario: Scenario, servers: number, seed: number): LoadPlan {
  return planLoad({ cases: scenario.cases, load: scenario.load, servers, seed });
}

/**
 * Runs the load and stores what is observed. An unasked death, a full disk or an abort of the signal ends the load
 * early. The journal then has what was observed until that moment.
 */
export async function observe(request: ObserveRequest): Promise<Observed> {
  const { scenario, system, plan, journal } = request;
  const originMs = performance.now();
  const nowUs = (): number => (performance.now() - originMs) * 1_000;
  const early = new AbortController();
  let endedEarly: Evidence['endedEarly'] = null;
  let drops: Evidence['drops'] = [];
  let sendErrors: Evidence['sendErrors'] = [];
  let acts: Observed['acts'];
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
  const faults = faultsDuring(scenario, system, {
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
  const counts = new LiveCounts(plan.layout, scenario.load.life !== undefined);
  const resources = new ResourceWatch(watchedOf(system), nowUs);
  const { seconds: lifeS = 0 } = scenario.load.life ?? {};
  const endUs = Math.max(...plan.offered.map((offered) => offered.plannedDurationUs)) + lifeS * 1_000_000;
  const ticker = setInterval(() => {
    request.progress(counts.counts, Math.max(0, (endUs - nowUs()) / 1_000_000));
  }, PROGRESS_EVERY_MS);
  const capture = request.capture
    ? await beginCapture(join(request.directory.path, STORED.capture), system, {
        cleanup: request.cleanup,
        failed: end,
      })
    : undefined;
  const { tap } = capture ?? {};
  request.stages.enter('load');
  resources.start();
  growth.start();
  try {
    acts = await runLoad({
      cases: scenario.cases,
      servers: system.servers,
      load: scenario.load,
      seed: request.seed,
      links: faults?.links,
      nowUs,
      signal: AbortSignal.any([request.signal, early.signal]),
      observe: (observation) => {
        if (endedEarly !== null) return;
        try {
          journal.append(observation);
        } catch (error) {
          end(error);
        }
        counts.add(observation);
        faults?.observed(observation);
      },
      ...(tap && {
        tap: (...message) => {
          if (endedEarly === null) orEnd(() => tap(...message));
        },
      }),
      // The kernel's count of drops is lost when the socket closes.
      beforeClose: async (failed) => {
        sendErrors = failed.map(({ server, count }) => ({ socket: `harness ${server}`, errors: count }));
        drops = await readSocketDrops(system.servers);
      },
    });
  } catch (error) {
    faults?.abandon();
    growth.stop();
    throw error;
  } finally {
    clearInterval(ticker);
    resources.stop();
  }
  orEnd(() => journal.close());
  await capture?.close().catch(end);
  request.stages.enter('evidence');
  const done = await faults?.end();
  if (!request.signal.aborted) request.say('Reading the lease tables through every node…');
  const collected = await collectAfterLoad(collecting, before);
  growth.stop();
  const commits = await collectCommits({ ...collecting, growth, columns: before.columns });
  for (const act of acts) if (act.missed > 0) request.say(describeMissed(act));
  return {
    endedEarly,
    deaths: await deaths.end(),
    drops,
    sendErrors,
    resources: resources.evidence(),
    acts,
    ...(done === undefined ? {} : { faults: done }),
    ...(commits === undefined ? {} : { commits }),
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
