import { resolve } from 'node:path';
import { HarnessError } from '../../errors.js';
import { scenarioNames } from '../../scenario/catalogue.js';
import { loadRequested, type Requested } from '../../scenario/requested.js';
import type { Scenario } from '../../scenario/schema.js';
import type { ReportFormat } from '../../scenario/report-names.js';
import { requireBaselines } from '../../compare/stored/after-run.js';
import { runAndReport } from '../run-and-report.js';
import { beginRuns, type CommandOptions } from '../run-context.js';
import { runSuite, type RunToMake } from './run-suite.js';
import type { OneRun } from './suite.js';
import { directoryOfTry, lastOf, makeTries, refuseTakenDirectories } from './tries.js';

export interface RunScenariosRequest extends CommandOptions {
  /** Scenarios and suites, by name or path; an empty list means the published Galera experiment. */
  scenario: readonly string[];
  /** Runs every scenario of the package that can be run here. */
  all: boolean;
  quick: boolean;
  set: readonly string[];
  out: string | undefined;
  /** The reports to write beside `result.json`; by default those that the scenario lists. */
  report: readonly ReportFormat[] | undefined;
  /** The file for the events of the runs, written as they happen. */
  events: string | undefined;
  /** How often each scenario is run; more than once makes the runs a suite. */
  repeat: number;
  /** With `all`: a run that passes but is not comparable makes the exit code 2. */
  strict: boolean;
  /** How often an inconclusive run is made again at most. Undefined means once with `all`, else never. */
  retryInconclusive: number | undefined;
}

/**
 * Runs one scenario, or several in turn as a suite. All of them are checked before the first run starts.
 *
 * @returns the exit code; for a suite the worst of its runs' exit codes
 */
export async function runScenarios(request: RunScenariosRequest): Promise<number> {
  const { all, quick: isQuick, out, keep, report, repeat, compareWith } = request;
  const retries = request.retryInconclusive ?? (all ? 1 : 0);
  const set = report === undefined ? request.set : [...request.set, `reports=[${report.join(', ')}]`];
  const requested = scenariosOf(request).map((name) => loadRequested(name, { set, quick: isQuick }));
  if (keep) refuseToKeep(requested);
  if (repeat > 1) refuseToRepeat(requested);
  const names = scenariosIn(requested).map(({ name }) => name);
  if (compareWith !== undefined) requireBaselines(names, compareWith);
  const context = beginRuns(request, request.events);
  const { progress, interruption } = context;
  const [only, ...others] = requested;
  if (only === undefined) throw new HarnessError('USAGE', 'no scenario is named');
  if (only.kind === 'scenario' && others.length === 0 && !all && repeat === 1) {
    const { loaded } = only;
    const alone = { name: loaded.scenario.name, inSuite: false, skipMissing: false };
    if (out !== undefined) refuseTakenDirectories(resolve(out), retries);
    const make = (number: number) => {
      const own = out === undefined ? undefined : directoryOfTry(resolve(out), number);
      return runAndReport({ ...context, ...alone, number, loaded, out: own });
    };
    const say = (text: string) => progress.say(text);
    return lastOf(await makeTries({ retries, interruption, say, make })).exitCode;
  }
  const runOne = ({ directory, ...run }: RunToMake): Promise<OneRun> => {
    const inSuite = { inSuite: true, skipMissing: all, compareWith: undefined };
    return runAndReport({ ...context, ...inSuite, ...run, out: directory });
  };
  const name = all ? 'all' : 'suite';
  if (repeat > 1 && (request.retryInconclusive ?? 0) > 0)
    progress.say(
      '--retry-inconclusive has no effect with --repeat: repetitions show how runs vary, so none is made again',
    );
  const isNotComparableNamed = all && !request.strict;
  const how = { repeat, out, retries, isNotComparableNamed };
  return await runSuite({ ...context, requested, name, ...how, runOne });
}

const DEFAULT_SCENARIO = 'published-galera';

function scenariosOf({ all, scenario }: Pick<RunScenariosRequest, 'all' | 'scenario'>): readonly string[] {
  if (!all) return scenario.length === 0 ? [DEFAULT_SCENARIO] : scenario;
  if (scenario.length === 0) return scenarioNames();
  throw new HarnessError('USAGE', `--all runs every scenario, and ${scenario.join(', ')} is named as well`, {
    hint: 'leave out one of the two',
  });
}

function scenariosIn(requested: readonly Requested[]): Scenario[] {
  return requested.flatMap((one) =>
    one.kind === 'scenario' ? [one.loaded.scenario] : one.suite.runs.map(({ loaded }) => loaded.scenario),
  );
}

/** Errors: USAGE for a suite: its runs differ in more than chance, so they can't be repetitions. */
function refuseToRepeat(requested: readonly Requested[]): void {
  const [suite] = requested.flatMap((one) => (one.kind === 'suite' ? [one.suite.name] : []));
  if (suite === undefined) return;
  throw new HarnessError('USAGE', `--repeat repeats scenarios, and ${suite} is a suite`, {
    hint: 'name the scenario of the suite, and give the changes of one run with --set',
  });
}

/** Errors: USAGE for servers that someone else runs: they stay up in any case. */
function refuseToKeep(requested: readonly Requested[]): void {
  const external = scenariosIn(requested).find(({ cluster }) => cluster.provider === 'external');
  if (external === undefined) return;
  throw new HarnessError(
    'USAGE',
    `--keep has no effect for ${external.name}: someone else runs its servers`,
    {
      hint: 'leave --keep out; external.release: false keeps the leases',
    },
  );
}
