import * as fc from 'fast-check';
import { dhcp4AsPublished, resultOf } from '../report/report.test-support.js';
import { outcomeAndCode } from '../report/result/outcome.js';
import type { CaseResult } from '../results/case.js';
import type { Result } from '../results/result.js';
import { compareMeasured } from './compare.js';
import type { Measured } from './measured.js';
import type { Comparison } from './comparison.js';
import { DEFAULT_TOLERANCES, type Tolerances } from './tolerances.js';

/** A result that passes: 356 offers of 119 leases, then a lease for every client but one. */
export const PASSING: Result = withRate(resultOf([dhcp4AsPublished()]), 1);

/** The result with this achieved rate, of one planned start a second on each server. */
export function withRate(result: Result, achievedPerServer: number | null): Result {
  const cases = result.cases.map((one) => ({
    ...one,
    exchanges: one.exchanges ? { ...one.exchanges, offeredPerServer: 1, achievedPerServer } : null,
  }));
  return { ...result, cases };
}

type Phase = CaseResult['phases'][number];

/** A copy of the result with a change in it, and with the outcome that follows from the change. */
export function changed(
  change: (result: Result, first: Phase, second: Phase) => void,
  from = PASSING,
): Result {
  const result = structuredClone(from);
  const [first, second] = result.cases[0]?.phases ?? [];
  if (first === undefined || second === undefined) throw new Error('a result without two phases');
  change(result, first, second);
  return { ...result, ...outcomeAndCode(result) };
}

const MACHINE = {
  ...{ cpus: 2, busyPercent: 60, peakBusyPercent: 90, stolenPercent: 0, otherPercent: 0, usedUpPercent: 0 },
  before: null,
};

/** A copy of the result, made on such a machine. */
export function onMachine(machine: Partial<typeof MACHINE>, from = PASSING): Result {
  return changed((result) => {
    result.resources = {
      ...{ fromUs: 0, toUs: 1, processes: [], eventLoopPercent: 0 },
      machine: { ...MACHINE, ...machine },
      memory: { peakMiB: 1, judgedPeakMiB: null, growthPercent: null, series: [] },
    };
  }, from);
}

/** The first case of the result. */
export function caseOf(result: Result): CaseResult {
  const [one] = result.cases;
  if (one === undefined) throw new Error('a result without a case');
  return one;
}

export function measured(...results: Result[]): Measured {
  const [first, ...others] = results;
  if (first === undefined) throw new Error('nothing was measured');
  return { name: 'galera', from: { kind: 'run', name: 'reports/galera/x' }, results: [first, ...others] };
}

/** Compares runs, of which none is the same run as one of the baseline. */
export function compare(
  run: Result | readonly Result[],
  baseline: Result | readonly Result[],
  tolerances: Tolerances = DEFAULT_TOLERANCES,
): Comparison {
  const earlier = [baseline].flat().map((one) => ({ ...one, startedAt: '2022-11-20T01:02:03.000Z' }));
  return compareMeasured(measured(...[run].flat()), measured(...earlier), tolerances);
}

/** The word for the comparison of one figure. */
export function wordOf({ figures }: Comparison, figure: string, phase?: string): string {
  const found = figures.find((one) => one.figure === figure && (phase === undefined || one.phase === phase));
  if (found === undefined) throw new Error(`${figure} is not compared`);
  return found.word;
}

const percent = fc.option(fc.float({ min: 0, max: 100, noNaN: true }), { nil: null });
const ms = fc.option(fc.float({ min: 0, max: 5_000, noNaN: true }), { nil: null });
const few = fc.nat({ max: 3 });

/** An arbitrary result that passes, with any figures. */
export const anyResult: fc.Arbitrary<Result> = fc
  .record({
    duplicatePercent: percent,
    appearancePercent: percent,
    timeout: fc.nat({ max: 356 }),
    withLease: fc.nat({ max: 357 }),
    held: few,
    missing: few,
    second: few,
    p50: ms,
    p99: ms,
    achieved: fc.option(fc.float({ min: 0, max: 1, noNaN: true }), { nil: null }),
  })
  .map((any) =>
    changed(
      (result, first, second) => {
        Object.assign(first.firstAttempt, {
          duplicatePercent: any.duplicatePercent,
          appearancePercent: any.appearancePercent,
        });
        first.outcomes.timeout = any.timeout;
        first.latencyMs = {
          p50: any.p50,
          p90: any.p50,
          p99: any.p99,
          max: any.p99,
          answered: 1,
          timeouts: 0,
        };
        if (second.allAttempts !== null) second.allAttempts.duplicateLeases = any.second;
        const one = caseOf(result);
        one.clientsWithLease = any.withLease;
        one.heldConcurrently = any.held;
        one.audit = {
          acknowledged: 0,
          rows: [],
          servers: [],
          counts: { missing: any.missing },
          findings: [],
          omitted: 0,
        };
      },
      withRate(PASSING, any.achieved),
    ),
  );
