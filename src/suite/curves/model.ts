import { scenarioSchema } from '../../scenario/schema.js';
import { meaningOf } from '../../results/run-outcome.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import type { Suite } from '../../report/suite-result.js';
import { limitsOf } from '../answer.js';
import type { SuiteMember } from '../headline.js';

/** What the runs of a suite differ in: a rate, another number, or something without an order. */
export type Over = 'rate' | 'number' | 'name';

/** The runs of a suite side by side, case by case, for pictures. */
export interface SideBySideRuns {
  over: Over;
  /** The name of the suite. */
  suite: string;
  cases: readonly CaseRuns[];
  /** Where rates were looked for: how many exchanges may go without a timely answer, in percent. */
  mostUnanswered: number | undefined;
}

export interface CaseRuns {
  name: string;
  /** In the order of their rates or numbers, else as they were run. */
  runs: readonly CaseRun[];
  /** The highest rate that held; undefined where none did, or none was looked for. */
  highest: number | undefined;
}

/** A case in one run. */
export interface CaseRun {
  /** The heading of the run's column, such as `3` or `published-2.6`. */
  label: string;
  /** The rate offered to each server, or the number that the label is; 0 where the suite has names. */
  at: number;
  /** Whether the run can't tell, or did not drive its load. */
  isOpen: boolean;
  of: CaseResult;
  result: Result;
}

/** Fewer runs are no picture. */
const LEAST_RUNS = 2;

/** A number as it would be printed: `3.0` is a version. */
function isNumberText(text: string): boolean {
  return Number.isFinite(Number(text)) && String(Number(text)) === text.trim();
}

/** Whether the runs differ in a version. Versions are in an order, and not at distances. */
function isOverVersions(members: readonly SuiteMember[]): boolean {
  const versions = members.flatMap(({ result }) => {
    const { kea, cluster } = scenarioSchema.safeParse(result?.scenario.effective).data ?? {};
    return kea === undefined ? [] : [JSON.stringify([kea.version, cluster?.version, cluster?.galeraVersion])];
  });
  return new Set(versions).size > 1;
}

/** Undefined for runs that are not alike, such as those of several scenarios. */
export function runsSideBySide(suite: Suite, members: readonly SuiteMember[]): SideBySideRuns | undefined {
  const [table, ...others] = suite.tables;
  if (table === undefined || others.length > 0 || members.length < LEAST_RUNS) return undefined;
  const limits = limitsOf(suite);
  const isNumber = table.columns.every(isNumberText) && !isOverVersions(members);
  // Repetitions of one run are numbered, and the number means nothing.
  const isRepeated = suite.runs.some(({ repetitionOf }) => repetitionOf !== undefined);
  const over: Over = limits.length > 0 ? 'rate' : isNumber && !isRepeated ? 'number' : 'name';
  const all = members.flatMap(({ run, result }) => {
    if (result === undefined) return [];
    return result.cases.map((of): CaseRun => {
      const label =
        table.columns.find((one) => [one, `${one}-${of.name}`].includes(run.column ?? run.name)) ?? run.name;
      return {
        label,
        at: over === 'rate' ? (of.exchanges?.offeredPerServer ?? 0) : over === 'number' ? Number(label) : 0,
        isOpen: meaningOf(run.outcome).light === 'open' && run.outcome !== 'not held',
        of,
        result,
      };
    });
  });
  const cases = [...new Set(all.map(({ of }) => of.name))].map((name): CaseRuns => ({
    name,
    runs: all.filter(({ of }) => of.name === name).sort((one, other) => one.at - other.at),
    highest: limits.find((limit) => limit.cases.includes(name))?.highestPerServer ?? undefined,
  }));
  if (cases.every(({ runs }) => runs.length < LEAST_RUNS)) return undefined;
  return { over, suite: table.suite, cases, mostUnanswered: limits[0]?.maxWithoutTimelyAnswerPercent };
}
