import { SideBySideTable } from '../../report/side-by-side/side-by-side.js';
import type { LoadedScenario } from '../../scenario/load.js';
import type { Requested } from '../../scenario/requested.js';
import { readShown, type Shown } from '../../scenario/suites/show.js';
import { runNames } from './suite.js';

/** A run that a suite will make. */
export interface PlannedRun {
  /** The name of the run's directory, different for each run of the suite. */
  name: string;
  loaded: LoadedScenario;
  /** The name of the scenario that this run is a repetition of. */
  repetitionOf?: string;
  /** The table that has a column for this run, and the heading of that column. */
  table?: SideBySideTable;
  column?: string;
  /** Shows the figures of this case only: the other cases of the column have runs of their own. */
  onlyCase?: string;
}

/** A suite's name, and its runs in order. */
export interface PlannedSuite {
  name: string;
  /** Of a suite file, or of the only scenario that is repeated. */
  description?: string;
  /**
   * Only for a suite that looks for the highest rate: how many exchanges may go without a timely answer at a rate
   * that holds, in percent.
   */
  maxNoAnswer?: number;
  runs: PlannedRun[];
  /** The names of runs that make no sense with the settings of the command line. */
  leftOut?: readonly string[];
}

/**
 * @param requested one suite, or several scenarios and suites, which then form one suite
 * @param name the name of a suite formed of several
 * @param repeat how often each scenario is run; its runs differ in the seed, unless the scenario states one
 */
export function planSuite(requested: readonly Requested[], name: string, repeat: number): PlannedSuite {
  const [only, ...others] = requested;
  if (only?.kind === 'suite' && others.length === 0) {
    const { suite } = only;
    const { description, maxNoAnswer, leftOut } = suite;
    const rated = maxNoAnswer === undefined ? {} : { maxNoAnswer };
    return { name: suite.name, description, runs: distinct(variants(only, (own) => own)), leftOut, ...rated };
  }
  if (repeat === 1) {
    const runs = requested.flatMap((one): PlannedRun[] =>
      one.kind === 'suite'
        ? variants(one, (own) => `${one.suite.name}-${own}`)
        : [{ name: one.loaded.scenario.name, loaded: one.loaded }],
    );
    const leftOut = requested.flatMap((one) => (one.kind === 'suite' ? one.suite.leftOut : []));
    return { name, runs: distinct(runs), leftOut };
  }
  const scenarios = distinct(
    requested.flatMap((one) =>
      one.kind === 'suite' ? [] : [{ name: one.loaded.scenario.name, loaded: one.loaded }],
    ),
  );
  const [alone] = scenarios.length === 1 ? scenarios : [];
  return {
    name: alone?.name ?? name,
    ...(alone === undefined ? {} : { description: alone.loaded.scenario.description }),
    runs: scenarios.flatMap((one) => repetitions(one, repeat)),
  };
}

function variants(
  { suite }: Extract<Requested, { kind: 'suite' }>,
  named: (own: string) => string,
): PlannedRun[] {
  const table = new SideBySideTable(suite.name, suite.show, { runsAreRows: suite.runsAreRows });
  return suite.runs.map((run) => ({ ...run, name: named(run.name), column: named(run.column), table }));
}

/** The figures shown for repetitions: those that vary by chance or with the machine, and those that must be 0. */
const SHOWN_OF_REPETITIONS: readonly Shown[] = [
  'verdict',
  'first.duplicatePercent',
  'first.appearancePercent',
  'committing.responses',
  'committing.refusals.clients',
  'committing.allAttempts.duplicateLeases',
  'clientsWithLease',
  'heldConcurrently',
  'overlappingLeases',
  'p50',
  'p90',
  'p99',
].map((figure) => readShown({ figure }));

function repetitions({ name, loaded }: PlannedRun, repeat: number): PlannedRun[] {
  const table = new SideBySideTable(name, SHOWN_OF_REPETITIONS, { spread: true });
  return Array.from({ length: repeat }, (_, index) => {
    const column = String(index + 1);
    return { name: `${name}-${column}`, loaded, repetitionOf: name, table, column };
  });
}

function distinct(runs: readonly PlannedRun[]): PlannedRun[] {
  const names = runNames(runs.map(({ name }) => name));
  return runs.map((run, index) => ({ ...run, name: names[index] ?? run.name }));
}
