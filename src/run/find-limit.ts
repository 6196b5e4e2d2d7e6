import { basename, join } from 'node:path';
import { EXIT, HarnessError } from '../errors.js';
import { SideBySideTable } from '../report/side-by-side/side-by-side.js';
import type { Trial } from '../report/limit-schema.js';
import type { LoadedScenario } from '../scenario/load.js';
import { loadRequested } from '../scenario/requested.js';
import { serversOf } from '../scenario/schema.js';
import type { Shown } from '../scenario/suites/show.js';
import { concludeSuite } from '../suite/finish-suite.js';
import { limitOf, type LimitFacts } from '../limit/answer.js';
import { mostTrials, nextRate, type SearchBounds } from '../limit/search.js';
import { sortedColumns } from '../limit/sorted-columns.js';
import { outcomeAtRate } from '../limit/rated.js';
import { trialOf } from '../limit/trial.js';
import { makeReportDirectory } from '../store/report-directory.js';
import { runAndReport } from './run-and-report.js';
import { beginRuns, type CommandOptions } from './run-context.js';
import type { SuiteRun } from '../report/suite-result.js';
import { suiteOf } from './suites/suite.js';
import { ownCommand } from '../tool.js';

export interface FindLimitRequest extends Pick<CommandOptions, 'inconclusive' | 'verbosity'> {
  /** The scenario to drive, by name or path. */
  scenario: string;
  bounds: SearchBounds;
  /** How long each rate is offered. */
  seconds: number;
  /** In percent of the exchanges. A rate has not held if more of them go without a timely answer. */
  maxNoAnswer: number;
  quick: boolean;
  set: readonly string[];
  out: string | undefined;
}

const NAME = 'find-limit';

/**
 * Looks for the highest rate that servers and database keep up with. Makes a run for each rate. All runs are one
 * suite, and each leaves a full run directory; `suite.json` says what the runs came to.
 *
 * @returns the exit code: that of an interruption, or of a run that could not be made; 1 where conformance was
 *   violated at any rate; 2 where no rate held; else 0
 */
export async function findLimit(request: FindLimitRequest): Promise<number> {
  const { bounds, out, inconclusive, verbosity, seconds, maxNoAnswer } = request;
  const startedAt = new Date();
  const loads = loadsOf(request);
  // A mistake in the scenario shows at the highest rate too, so it is found before the first run begins.
  const { scenario } = loads(bounds.to).loaded;
  const own = { keep: false, capture: false, compareWith: undefined };
  const context = beginRuns({ ...own, inconclusive, verbosity });
  const { progress, interruption } = context;
  const directory = makeReportDirectory(NAME, out, startedAt);
  const quiet = verbosity === 'quiet';
  const table = new SideBySideTable(NAME, shownFigures());
  const trials: Trial[] = [];
  const runs: SuiteRun[] = [];
  progress.say(
    `Looking for the highest rate, starting at ${bounds.from} a second on each server: at most ${mostTrials(bounds)} runs of ${seconds} s each`,
  );
  for (let rate = nextRate(trials, bounds); rate !== undefined; rate = nextRate(trials, bounds)) {
    const name = String(rate);
    progress.say(`\n${name} a second on each server`);
    const path = join(directory, name);
    const one = { name, ...loads(rate), out: path, inSuite: true, skipMissing: false };
    const made = await runAndReport({ ...context, verbosity: 'quiet', ...one });
    const { result, failure = null } = made;
    // An interrupted run says nothing about its rate.
    const trial =
      result === undefined || interruption.signal.aborted
        ? undefined
        : trialOf(name, rate, maxNoAnswer, result);
    const { outcome, exitCode: code } = trial === undefined ? made : outcomeAtRate(made, [trial]);
    runs.push({
      name,
      scenario: scenario.name,
      directory: basename(path),
      verdict: result?.verdict ?? null,
      reproduction: result?.reproduction?.verdict ?? null,
      outcome,
      exitCode: code,
      failure,
    });
    table.add(name, outcome, result);
    if (trial === undefined) break;
    trials.push(trial);
    progress.say(`${name} a second: ${trial.outcome}, ${trial.why}`);
  }
  const limit = limitOf({ ...factsOf(scenario, request), trials });
  const { interrupted } = interruption;
  const { exitCode: worst, ...made } = suiteOf({
    name: NAME,
    description: `the highest rate of ${scenario.name}: ${scenario.description}`,
    startedAt,
    runs: [...runs].sort((a, b) => Number(a.name) - Number(b.name)),
    tables: [sortedColumns(table.table)],
    interrupted,
  });
  const isMade = runs.every(({ verdict }) => verdict !== null);
  const isViolated = trials.some(({ violations }) => violations.length > 0);
  const found = isViolated ? EXIT.fail : limit.highestPerServer === null ? EXIT.inconclusive : EXIT.pass;
  const exitCode = interrupted === undefined && isMade ? found : worst;
  concludeSuite({
    suite: { ...made, exitCode, limit },
    directory,
    formats: scenario.reports,
    inconclusive,
    progress,
    quiet,
  });
  return exitCode;
}

/** The scenario at one rate, and the command line that runs it. */
interface Load {
  loaded: LoadedScenario;
  argv: string[];
}

/** Errors: USAGE. The returned function throws SCENARIO. */
function loadsOf({ scenario, seconds, quick, set }: FindLimitRequest): (rate: number) => Load {
  const inVain = set.find((one) => /^load(\.(stages|ratePerServer|clientsPerServer).*)?=/.test(one));
  if (inVain !== undefined) {
    throw new HarnessError(
      'USAGE',
      `--set ${inVain} would have no effect: ${NAME} sets the rate and how long it lasts`,
      {
        hint: 'use --from, --to and --seconds',
      },
    );
  }
  return (rate) => {
    const settings = settingsAt(rate, { seconds, set });
    const requested = loadRequested(scenario, { quick, set: settings });
    if (requested.kind === 'suite') {
      throw new HarnessError('USAGE', `${scenario} is a suite; ${NAME} takes one scenario`, {
        hint: `name a scenario that \`${ownCommand('scenarios')}\` lists, or a file of one`,
      });
    }
    const argv = [
      'run',
      scenario,
      ...(quick ? ['--quick'] : []),
      ...settings.flatMap((one) => ['--set', one]),
    ];
    return { loaded: requested.loaded, argv };
  };
}

/**
 * The settings of the scenario at one rate. Arrivals are random, and the nodes write no binary logs, unless the request
 * sets them otherwise.
 */
function settingsAt(rate: number, { seconds, set }: Pick<FindLimitRequest, 'seconds' | 'set'>): string[] {
  const stages = `load.stages=[{ratePerServer: ${rate}, seconds: ${seconds}}]`;
  return ['load.arrival=poisson', 'published=null', 'cluster.commitHistory=false', ...set, stages];
}

function factsOf(
  scenario: LoadedScenario['scenario'],
  { bounds, seconds, maxNoAnswer }: FindLimitRequest,
): Omit<LimitFacts, 'trials'> {
  return {
    cases: scenario.cases,
    serversPerCase: serversOf(scenario).length,
    arrival: scenario.load.arrival,
    seconds,
    maxWithoutTimelyAnswerPercent: maxNoAnswer,
    resolutionPercent: bounds.resolutionPercent,
  };
}

/** The figures that the suite `stress` shows. */
function shownFigures(): readonly Shown[] {
  const requested = loadRequested('stress', { set: [], quick: false });
  return requested.kind === 'suite' ? requested.suite.show : [];
}
