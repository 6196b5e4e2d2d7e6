import { SideBySideTable } from '../report/side-by-side.js';
import type { LoadedScenario } from '../scenario/load.js';
import type { Requested } from '../scenario/requested.js';
import { readShown, type Shown } from '../scenario/suites/show.js';
import { runNames } from './suite.js';

/** A run of a suite that is to be made. */
export interface PlannedRun {
  /** Names its directory; each has its own. */
  name: string;
  loaded: LoadedScenario;
  /** What it is one of several runs of. */
  repetitionOf?: string;
  /** The table that it is a column of, and what heads it there. */
  table?: SideBySideTable;
  column?: string;
  /** Whose figures alone are shown, where others of the column have runs of their own. */
  onlyCase?: string;
}

/** A suite's own name, and its runs in order. */
export interface PlannedSuite {
  name: string;
  /** Of one that looks for the highest rate, alone: so many exchanges may go without a timely answer at it, in percent. */
  maxNoAnswer?: number;
  runs: PlannedRun[];
}

/**
 * @param requested one suite, or several scenarios and suites, which are one suite then
 * @param name of several
 * @param repeat how often each scenario is run; its runs differ in the seed, unless it states one
 */
export function planSuite(requested: readonly Requested[], name: string, repeat: number): PlannedSuite {
  const [only, ...others] = requested;
  if (only?.kind === 'suite' && others.length === 0) {
    const { suite } = only;
    const { maxNoAnswer } = suite;
    const rated = maxNoAnswer === undefined ? {} : { maxNoAnswer };
    return { name: suite.name, runs: distinct(variants(only, (own) => own)), ...rated };
  }
  if (repeat === 1) {
    const runs = requested.flatMap((one): PlannedRun[] =>
      one.kind === 'suite'
        ? variants(one, (own) => `${one.suite.name}-${own}`)
        : [{ name: one.loaded.scenario.name, loaded: one.loaded }],
    );
    return { name, runs: distinct(runs) };
  }
  const scenarios = distinct(
    requested.flatMap((one) =>
      one.kind === 'suite' ? [] : [{ name: one.loaded.scenario.name, loaded: one.loaded }],
    ),
  );
  return {
    name: scenarios.length === 1 ? scenarios.map((one) => one.name).join() : name,
    runs: scenarios.flatMap((one) => repetitions(one, repeat)),
  };
}

function variants(
  { suite }: Extract<Requested, { kind: 'suite' }>,
  named: (own: string) => string,
): PlannedRun[] {
  const table = new SideBySideTable(suite.name, suite.show);
  return suite.runs.map((run) => ({ ...run, name: named(run.name), column: named(run.column), table }));
}

/** What repetitions are shown with: a figure that chance decides, or the machine, and what must not happen. */
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
