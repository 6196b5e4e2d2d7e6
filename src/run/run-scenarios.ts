import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HarnessError } from '../errors.js';
import { terminalReport } from '../report/terminal.js';
import { loadScenario, type LoadedScenario } from '../scenario/load.js';
import { styleFor } from '../terminal/colour.js';
import { failureText } from '../terminal/failure.js';
import { Progress } from '../terminal/progress.js';
import { Interruption } from './interruption.js';
import { cannotWrite, makeReportDirectory, markLatest, shownPath } from './report-directory.js';
import { runScenario } from './run-scenario.js';
import { outcomeInSuite, runNames, suiteLines, suiteOf, type SuiteRun } from './suite.js';

export interface RunScenariosRequest {
  scenario: readonly string[];
  quick: boolean;
  set: readonly string[];
  out: string | undefined;
  keep: boolean;
  capture: boolean;
}

interface Runner {
  keep: boolean;
  capture: boolean;
  progress: Progress;
  interruption: Interruption;
}

/**
 * Runs one scenario, or several one after the other as a suite; all are checked before the first is started.
 *
 * @returns the exit code; of a suite the worst of its runs'
 */
export async function runScenarios({
  scenario,
  quick,
  set,
  out,
  keep,
  capture,
}: RunScenariosRequest): Promise<number> {
  const loaded = scenario.map((name) => loadScenario(name, { set, quick }));
  const runner = {
    keep,
    capture,
    progress: new Progress(process.stderr),
    interruption: new Interruption(),
  };
  // Until the process ends: a second signal must not change the exit code of the first.
  runner.interruption.listen();
  const [only, ...others] = loaded;
  if (only === undefined) throw new HarnessError('USAGE', 'no scenario is named');
  return others.length === 0
    ? (await runOne(runner, only, out)).exitCode
    : await runSuite(runner, loaded, out);
}

async function runSuite(runner: Runner, scenarios: readonly LoadedScenario[], out: string | undefined) {
  const startedAt = new Date();
  const directory = makeReportDirectory('suite', out, startedAt);
  const names = runNames(scenarios.map(({ scenario }) => scenario.name));
  const runs: SuiteRun[] = [];
  for (const [index, loaded] of scenarios.entries()) {
    if (runner.interruption.interrupted !== undefined) break;
    const { name, description } = loaded.scenario;
    runner.progress.say(`\n${name}: ${description}`);
    const path = join(directory, names[index] ?? name);
    const run = await runOne(runner, loaded, path);
    runs.push({ scenario: name, directory: basename(path), verdict: run.verdict, ...run.inSuite });
  }
  const suite = suiteOf(startedAt, runs, runner.interruption.interrupted);
  try {
    writeFileSync(join(directory, 'suite.json'), JSON.stringify(suite, null, 2) + '\n');
  } catch (error) {
    throw cannotWrite(join(directory, 'suite.json'), error);
  }
  markLatest(directory);
  process.stdout.write(`\n${suiteLines(suite).join('\n')}\n${shownPath(directory)}\n`);
  return suite.exitCode;
}

interface OneRun {
  verdict: SuiteRun['verdict'];
  exitCode: number;
  inSuite: Pick<SuiteRun, 'outcome' | 'exitCode'>;
}

async function runOne(
  { keep, capture, progress, interruption }: Runner,
  loaded: LoadedScenario,
  out: string | undefined,
): Promise<OneRun> {
  try {
    const { result, runDirectory } = await runScenario({
      loaded,
      out,
      keep,
      capture,
      progress,
      argv: process.argv.slice(2),
      signal: interruption.signal,
    });
    // 0 where the terminal does not know its width.
    const columns = process.stdout.columns || 80;
    process.stdout.write(
      '\n' + terminalReport(result, { runDirectory, columns, style: styleFor(process.stdout) }),
    );
    return { verdict: result.verdict, exitCode: result.exitCode, inSuite: outcomeInSuite(result) };
  } catch (error) {
    const { interrupted } = interruption;
    if (interrupted !== undefined) return withoutResult('interrupted', interrupted.exitCode);
    if (!(error instanceof HarnessError)) throw error;
    process.stderr.write(failureText(error));
    return withoutResult('could not be run', error.exitCode);
  }
}

function withoutResult(outcome: SuiteRun['outcome'], exitCode: number): OneRun {
  return { verdict: null, exitCode, inSuite: { outcome, exitCode } };
}
