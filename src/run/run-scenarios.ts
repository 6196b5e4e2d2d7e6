import { basename, resolve } from 'node:path';
import { HarnessError, messageOf } from '../errors.js';
import type { InconclusiveAs } from '../report/junit.js';
import { verdictLine } from '../report/headline.js';
import { terminalReport } from '../report/terminal.js';
import { scenarioNames } from '../scenario/catalogue.js';
import { loadRequested, type Requested } from '../scenario/requested.js';
import type { LoadedScenario } from '../scenario/load.js';
import type { ReportFormat } from '../scenario/schema/reports.js';
import { styleFor } from '../terminal/colour.js';
import { failureText } from '../terminal/failure.js';
import { Progress, type Verbosity } from '../terminal/progress.js';
import { EventFile } from './events/event-file.js';
import type { TellEvent, TellRunEvent } from './events/schema.js';
import { Interruption } from './interruption.js';
import { runScenario } from './run-scenario.js';
import { runSuite } from './run-suite.js';
import { outcomeInSuite, withoutResult, type OneRun } from './suite.js';

export interface RunScenariosRequest {
  /** Scenarios and suites, by name or path; the published Galera experiment where none is named. */
  scenario: readonly string[];
  /** Every scenario of the package that can be run here. */
  all: boolean;
  quick: boolean;
  set: readonly string[];
  out: string | undefined;
  keep: boolean;
  capture: boolean;
  /** What to write beside `result.json`; as the scenario says by default. */
  report: readonly ReportFormat[] | undefined;
  inconclusive: InconclusiveAs;
  /** Where to write what happens as it happens. */
  events: string | undefined;
  verbosity: Verbosity;
}

/**
 * Runs one scenario, or several one after the other as a suite; all are checked before the first is started.
 *
 * @returns the exit code; of a suite the worst of its runs'
 */
export async function runScenarios(request: RunScenariosRequest): Promise<number> {
  const { all, quick: isQuick, out, keep, capture, report, inconclusive, events, verbosity } = request;
  const set = report === undefined ? request.set : [...request.set, `reports=[${report.join(', ')}]`];
  const requested = scenariosOf(request).map((name) => loadRequested(name, { set, quick: isQuick }));
  if (keep) refuseToKeep(requested);
  const progress = new Progress(process.stderr, undefined, verbosity);
  const file = events === undefined ? undefined : new EventFile(events, (text) => progress.say(text));
  const tell: TellEvent = (event) => file?.tell(event);
  const interruption = new Interruption();
  // Until the process ends: a second signal must not change the exit code of the first.
  interruption.listen();
  const quiet = verbosity === 'quiet';
  const common = { keep, capture, inconclusive, progress, interruption, tell, quiet };
  const [only, ...others] = requested;
  if (only === undefined) throw new HarnessError('USAGE', 'no scenario is named');
  if (only.kind === 'scenario' && others.length === 0 && !all) {
    const { loaded } = only;
    const alone = { name: loaded.scenario.name, inSuite: false, skipMissing: false };
    return (await runAndReport({ ...common, ...alone, loaded, out })).ownExitCode;
  }
  const runOne = (loaded: LoadedScenario, directory: string): Promise<OneRun> => {
    const inSuite = { name: basename(directory), inSuite: true, skipMissing: all };
    return runAndReport({ ...common, ...inSuite, loaded, out: directory });
  };
  return await runSuite({ ...common, requested, name: all ? 'all' : 'suite', out, runOne });
}

const DEFAULT_SCENARIO = 'published-galera';

function scenariosOf({ all, scenario }: Pick<RunScenariosRequest, 'all' | 'scenario'>): readonly string[] {
  if (!all) return scenario.length === 0 ? [DEFAULT_SCENARIO] : scenario;
  if (scenario.length === 0) return scenarioNames();
  throw new HarnessError('USAGE', `--all runs every scenario, and ${scenario.join(', ')} is named as well`, {
    hint: 'leave out one of the two',
  });
}

/** What someone else runs stays up by itself. */
function refuseToKeep(requested: readonly Requested[]): void {
  const scenarios = requested.flatMap((one) =>
    one.kind === 'scenario' ? [one.loaded.scenario] : one.suite.runs.map(({ loaded }) => loaded.scenario),
  );
  const external = scenarios.find(({ cluster }) => cluster.provider === 'external');
  if (external === undefined) return;
  throw new HarnessError(
    'USAGE',
    `--keep has nothing to keep of ${external.name}: someone else runs its servers`,
    {
      hint: 'leave --keep out; external.release: false keeps the leases',
    },
  );
}

interface RunAndReport {
  loaded: LoadedScenario;
  /** In the suite, or the scenario's. */
  name: string;
  out: string | undefined;
  inSuite: boolean;
  /** A run that this machine lacks something for is passed over, and no error. */
  skipMissing: boolean;
  keep: boolean;
  capture: boolean;
  inconclusive: InconclusiveAs;
  progress: Progress;
  interruption: Interruption;
  tell: TellEvent;
  /** Prints the verdict alone. */
  quiet: boolean;
}

async function runAndReport({ name, tell, quiet, interruption, ...request }: RunAndReport): Promise<OneRun> {
  const of = { run: name, scenario: request.loaded.scenario.name };
  tell({ type: 'run-started', ...of });
  const { run, directory } = await outcomeOf({ ...request, quiet, interruption }, (event) =>
    tell({ ...event, ...of }),
  );
  const { result, ownExitCode: exitCode, inSuite, failure = null } = run;
  const verdict = result?.verdict ?? null;
  tell({ type: 'run-ended', ...of, verdict, outcome: inSuite.outcome, exitCode, directory, failure });
  return run;
}

async function outcomeOf(
  { interruption, skipMissing, quiet, ...request }: Omit<RunAndReport, 'name' | 'tell'>,
  tell: TellRunEvent,
): Promise<{ run: OneRun; directory: string | null }> {
  try {
    const { result, runDirectory } = await runScenario({
      ...request,
      argv: process.argv.slice(2),
      signal: interruption.signal,
      tell,
    });
    const style = styleFor(process.stdout);
    // 0 where the terminal does not know its width.
    const columns = process.stdout.columns || 80;
    process.stdout.write(
      quiet
        ? `${verdictLine(result, style)}\n`
        : '\n' + terminalReport(result, { runDirectory, columns, style }),
    );
    const run = { result, ownExitCode: result.exitCode, inSuite: outcomeInSuite(result) };
    return { run, directory: resolve(runDirectory) };
  } catch (error) {
    const { interrupted } = interruption;
    const run = withoutResult(error, { interrupted, skipMissing });
    if (run.inSuite.outcome === 'skipped') request.progress.say(`skipped: ${messageOf(error)}`);
    else if (interrupted === undefined) process.stderr.write(failureText(error));
    return { run, directory: null };
  }
}
