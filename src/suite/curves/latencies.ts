import type { PhaseResult } from '../../results/phase.js';
import type { CurvePoint } from '../../report/html/charts/curves.js';
import { rangeOf, type Range } from '../../report/html/charts/percentiles.js';
import type { CaseRun, CaseRuns, SideBySideRuns } from './model.js';

type Latency = NonNullable<PhaseResult['latencyMs']>;

/** The percentiles of the pictures, the longest first, so that the shorter ones are drawn over them. */
const PARTS = [
  { key: 'p50', name: 'half' },
  { key: 'p90', name: '90%' },
  { key: 'p99', name: '99%' },
  { key: 'max', name: 'longest' },
] as const satisfies readonly { key: keyof Latency; name: string }[];

/** The latency of a phase of a case over its runs. */
export interface LatencyOfPhase {
  /** Such as `REQUEST-ACK`. */
  phase: string;
  percentiles: readonly { name: string; points: readonly CurvePoint[] }[];
}

/** The latency of the phases that the runs of a case have, each phase once, in their order. */
export function latencies({ runs }: Pick<CaseRuns, 'runs'>): LatencyOfPhase[] {
  const names = [...new Set(runs.flatMap(({ of }) => of.phases.map(({ name }) => name)))];
  return names
    .filter((name) => runs.some((run) => latencyOf(run, name) !== null))
    .map((phase) => ({
      phase,
      percentiles: PARTS.map(({ key, name }) => ({
        name,
        points: runs.map((run) => ({
          at: run.at,
          value: latencyOf(run, phase)?.[key] ?? null,
          isOpen: run.isOpen,
        })),
      })),
    }));
}

export function latencyOf({ of }: CaseRun, phase: string): Latency | null {
  return of.phases.find(({ name }) => name === phase)?.latencyMs ?? null;
}

/** The range of all latencies, for charts on one scale. */
export function rangeOfAll({ cases }: SideBySideRuns): Range {
  return rangeOf(
    cases.flatMap(({ runs }) =>
      runs.flatMap(({ of }) =>
        of.phases.flatMap(({ name, latencyMs }) => {
          const { p50 = null, p90 = null, p99 = null, max = null } = latencyMs ?? {};
          return p50 === null || p90 === null || p99 === null || max === null
            ? []
            : [{ label: name, p50, p90, p99, max }];
        }),
      ),
    ),
  );
}
