import { basename, join } from 'node:path';
import { worstExitCode } from '../errors.js';
import type { InconclusiveAs } from '../report/junit.js';
import type { LoadedScenario } from '../scenario/load.js';
import { describedRun } from '../scenario/load-text.js';
import type { Requested } from '../scenario/requested.js';
import type { Progress } from '../terminal/progress.js';
import { compareFinished, type CompareWith } from './compare/after-run.js';
import { concludeSuite, storeSuite } from './conclude-suite.js';
import type { TellEvent } from './events/schema.js';
import type { Interruption } from './interruption.js';
import { planSuite } from './planned-runs.js';
import { makeReportDirectory } from './report-directory.js';
import { suiteOf, type OneRun, type Suite, type SuiteRun } from './suite.js';

export interface RunSuiteRequest {
  /** One suite, or several scenarios and suites, which are one suite then. */
  requested: readonly Requested[];
  /** Of the suite, where it has no file that names it. */
  name: string;
  /** How often each scenario is run. */
  repeat: number;
  /** Undefined for no comparison. */
  compareWith: CompareWith | undefined;
  out: string | undefined;
  inconclusive: InconclusiveAs;
  progress: Progress;
  interruption: Interruption;
  tell: TellEvent;
  /** Prints the verdict alone. */
  quiet: boolean;
  /** Runs one scenario into a directory, and reports it; an error of it is told and returned, not thrown. */
  runOne: (loaded: LoadedScenario, directory: string) => Promise<OneRun>;
}

/**
 * Makes the runs one after the other; one that fails does not stop the others. Writes `suite.json` and
 * the suite's reports beside their directories and prints each suite's runs side by side.
 *
 * @returns the worst of the runs' exit codes, and of what comparing them comes to
 */
export async function runSuite({
  requested,
  name: nameOfSeveral,
  repeat,
  compareWith,
  out,
  inconclusive,
  progress,
  interruption,
  tell,
  quiet,
  runOne,
}: RunSuiteRequest): Promise<number> {
  const startedAt = new Date();
  const { name: suiteName, runs: planned } = planSuite(requested, nameOfSeveral, repeat);
  const directory = makeReportDirectory(suiteName, out, startedAt);
  const told = planned.map(({ name, loaded }) => ({ run: name, scenario: loaded.scenario.name }));
  tell({ type: 'suite-started', suite: suiteName, directory, runs: told });
  const runs: SuiteRun[] = [];
  for (const { name, loaded, repetitionOf, table, column = name, onlyCase } of planned) {
    if (interruption.signal.aborted) break;
    const { name: scenario } = loaded.scenario;
    const described = describedRun(loaded.scenario, process.argv.slice(2));
    progress.say(`\n${name === scenario ? '' : `${name}, `}${scenario}: ${described}`);
    const path = join(directory, name);
    const { result, outcome, exitCode, failure = null } = await runOne(loaded, path);
    const verdict = result?.verdict ?? null;
    const repetition = repetitionOf === undefined ? {} : { repetitionOf };
    runs.push({
      name,
      scenario,
      ...repetition,
      directory: basename(path),
      verdict,
      outcome,
      exitCode,
      failure,
    });
    table?.add(column, outcome, result, onlyCase);
  }
  const tables = [...new Set(planned.flatMap(({ table }) => table ?? []))].map(({ table }) => table);
  const { interrupted } = interruption;
  const made = suiteOf({ name: suiteName, startedAt, runs, tables, interrupted });
  storeSuite(directory, made);
  const isCompared = interrupted === undefined && runs.some(({ verdict }) => verdict !== null);
  const say = (text: string) => progress.say(text);
  const compared = isCompared && compareWith ? compareFinished(directory, compareWith, say) : undefined;
  const exitCode = compared === undefined ? made.exitCode : worstExitCode([made.exitCode, compared.exitCode]);
  const suite: Suite = { ...made, exitCode };
  const formats = planned.flatMap(({ loaded }) => loaded.scenario.reports);
  concludeSuite({ suite, directory, formats, inconclusive, progress, quiet, first: compared?.lines });
  tell({ type: 'suite-ended', suite: suiteName, directory, exitCode: suite.exitCode });
  return suite.exitCode;
}
