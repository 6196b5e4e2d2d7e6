/**
 * What other programs may use. Each name has an example, which a test runs. Names marked unstable may change in any
 * version; the others change with the first number of the version only.
 */
import { HarnessError } from './errors.js';
import { unpackedOf } from './observations/import/capture/file/gzip.js';
import type { Result } from './results/result.js';
import { analyze as analyzeSources } from './run/analyze/analyze.js';
import type { AnalyzeOptions as SourceOptions } from './run/analyze/analyze-options.js';
import type { NewRunEvent } from './run/events/schema.js';
import { Interrupted } from './run/interruption.js';
import { runScenario } from './run/run-scenario.js';
import { loadScenario } from './scenario/load.js';
import { Progress } from './terminal/progress.js';

export { EXIT, type ErrorCode } from './errors.js';
export type { CaseResult } from './results/case.js';
export type { Check, Verdict } from './results/check.js';
export type { WitnessResult as Witness } from './results/witness.js';
export type { LoadedScenario } from './scenario/load.js';
export type { Scenario } from './scenario/schema.js';
/**
 * Loads and checks a scenario without running it.
 *
 * @example
 * import { loadScenario } from 'kea-lease-conformance';
 *
 * const { scenario } = loadScenario('staggered', { set: ['load.ratePerServer=5'], quick: true });
 * console.log(scenario.cases);
 */
export { loadScenario } from './scenario/load.js';
/**
 * Reads the stored result of a run directory. A run that was killed before its judgement is judged now.
 *
 * @throws HarnessError SOURCE
 * @example
 * import { storedResult } from 'kea-lease-conformance';
 *
 * console.log(storedResult('reports/latest').verdict);
 */
export { storedResult } from './store/stored-result.js';
/**
 * An error of the harness. Its `code` is stable, and its `hint` says what to do.
 *
 * @example
 * import { HarnessError, loadScenario } from 'kea-lease-conformance';
 *
 * try {
 *   loadScenario('no-such-scenario');
 * } catch (error) {
 *   if (!(error instanceof HarnessError)) throw error;
 *   console.log(error.code, error.hint);
 * }
 */
export { HarnessError };
export type { NewRunEvent as RunEvent, Result };

/** Unstable: more options may come. They are those of the command `analyze`. */
export type AnalyzeOptions = Omit<SourceOptions, 'unpacked'>;

/**
 * Judges a run directory again, or what others recorded: one capture (pcap or pcapng, also in gzip), or the outputs of
 * `perfdhcp -x l`, one for each server. It does not change its sources. A suite yields a result for each of its runs.
 *
 * @throws HarnessError SOURCE, USAGE
 * @example
 * import { analyze } from 'kea-lease-conformance';
 *
 * const [result] = await analyze(['capture.pcap'], { cases: ['dhcp4'] });
 * for (const one of result.cases) console.log(one.name, one.heldConcurrently);
 */
export async function analyze(sources: readonly string[], options: AnalyzeOptions = {}): Promise<Result[]> {
  const unpacked = await unpackedOf(sources, options.partial === true);
  try {
    return analyzeSources(sources, [], { ...options, unpacked }).map(({ result }) => result);
  } finally {
    unpacked?.close();
  }
}

/** Unstable: more options may come. */
export interface RunOptions {
  /** As `--set`: `path=value`. */
  set?: readonly string[];
  /** As `--quick`. */
  quick?: boolean;
  /** The run directory, which must not exist; by default one in `reports/`. */
  out?: string;
  /**
   * Ends the run early, as Ctrl-C does. What was observed until then is judged. Before the load there is nothing to
   * judge, and the run is rejected.
   */
  signal?: AbortSignal;
  /** Called with each event of the run as it happens. */
  onEvent?: (event: NewRunEvent) => void;
}

/**
 * Runs a scenario of the package, or of a file, and ends everything that it started. Nothing is printed.
 *
 * @throws HarnessError PREREQUISITE, PACKAGES, SCENARIO, CLUSTER, KEA, STORAGE; an error with the name `Interrupted`
 *   where the signal ended the run before its load
 * @example
 * import { run } from 'kea-lease-conformance';
 *
 * const { result, runDirectory } = await run('staggered', { quick: true, set: ['cases=[dhcp4]'] });
 * console.log(result.verdict, runDirectory);
 */
export async function run(
  scenario: string,
  { set = [], quick = false, out, signal, onEvent }: RunOptions = {},
): Promise<{ result: Result; runDirectory: string }> {
  const loaded = loadScenario(scenario, { set, quick });
  const ending = new AbortController();
  const end = () => ending.abort(new Interrupted('SIGINT'));
  if (signal?.aborted === true) end();
  signal?.addEventListener('abort', end, { once: true });
  return runScenario({
    loaded,
    argv: [],
    out,
    keep: false,
    signal: ending.signal,
    progress: new Progress({ write: () => true }),
    ...(onEvent === undefined ? {} : { tell: onEvent }),
  }).finally(() => signal?.removeEventListener('abort', end));
}
