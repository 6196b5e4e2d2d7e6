import { performance } from 'node:perf_hooks';
import { HarnessError } from '../errors.js';
import type { Death, Evidence } from '../evidence/model.js';
import { readSocketDrops } from '../evidence/socket-drops.js';
import { planLoad, runLoad, type LoadPlan } from '../load/run-load.js';
import type { JournalWriter } from '../observations/journal.js';
import { LiveCounts, type LiveCount } from '../observations/live-counts.js';
import type { Scenario } from '../scenario/schema.js';
import { watchDeaths } from './deaths.js';
import type { StartedSystem } from './stages.js';

export interface ObserveRequest {
  scenario: Scenario;
  seed: number;
  system: StartedSystem;
  plan: LoadPlan;
  journal: JournalWriter;
  signal: AbortSignal;
  progress: (counts: readonly LiveCount[], secondsLeft: number) => void;
  died: (death: Death) => void;
}

export type Observed = Pick<Evidence, 'endedEarly' | 'deaths' | 'drops'>;

const PROGRESS_EVERY_MS = 250;

export function planOf(scenario: Scenario, servers: number, seed: number): LoadPlan {
  return planLoad({ cases: scenario.cases, load: scenario.load, servers, seed });
}

/**
 * Runs the load and stores what is seen. An unasked death, a full disk or an abort of the signal ends it early; what was
 * observed until then is in the journal.
 */
export async function observe(request: ObserveRequest): Promise<Observed> {
  const { scenario, system, plan, journal } = request;
  const originMs = performance.now();
  const nowUs = (): number => (performance.now() - originMs) * 1_000;
  const early = new AbortController();
  const deaths: Death[] = [];
  let endedEarly: Evidence['endedEarly'] = null;
  let drops: Evidence['drops'] = [];
  const end = (error: unknown): void => {
    endedEarly ??= describe(error);
    early.abort();
  };
  watchDeaths(watchedOf(system), nowUs, (death) => {
    // What follows from the first death, or from the end, is not another one.
    if (early.signal.aborted) return;
    deaths.push(death);
    try {
      request.died(death);
    } catch (error) {
      end(error);
    }
    early.abort();
  });
  const counts = new LiveCounts(plan.layout);
  const lastStartUs = Math.max(...plan.offered.map((offered) => offered.plannedDurationUs));
  const ticker = setInterval(() => {
    request.progress(counts.counts, Math.max(0, (lastStartUs - nowUs()) / 1_000_000));
  }, PROGRESS_EVERY_MS);
  try {
    await runLoad({
      cases: scenario.cases,
      servers: system.servers,
      load: scenario.load,
      seed: request.seed,
      nowUs,
      signal: AbortSignal.any([request.signal, early.signal]),
      observe: (observation) => {
        // A failed write must end the run, and not the event that brought the observation.
        if (endedEarly !== null) return;
        try {
          journal.append(observation);
        } catch (error) {
          end(error);
        }
        counts.add(observation);
      },
      // The count goes with the socket.
      beforeClose: () => (drops = readSocketDrops(system.servers)),
    });
  } finally {
    clearInterval(ticker);
  }
  try {
    journal.close();
  } catch (error) {
    end(error);
  }
  return { endedEarly, deaths, drops };
}

function watchedOf({ cluster, servers }: StartedSystem) {
  return [
    ...cluster.nodes.map(({ name, process }) => ({ kind: 'node' as const, name, process })),
    ...servers.map(({ name, process }) => ({ kind: 'server' as const, name, process })),
  ];
}

function describe(error: unknown): { code: string; message: string } {
  return error instanceof HarnessError
    ? { code: error.code, message: error.message }
    : { code: 'INTERNAL', message: String(error) };
}
