import type { PercentilesOverTime, SeriesFigures } from '../analysis/model.js';
import type { CaseResult } from './result.js';

/** The figures of a case over time, in the form of `result.json`. */
export function seriesResult({ latency, ...counts }: SeriesFigures): NonNullable<CaseResult['series']> {
  return {
    bucketMs: counts.bucketMs,
    offered: [...counts.offered],
    started: [...counts.started],
    requests: [...counts.requests],
    answers: [...counts.answers],
    leases: [...counts.leases],
    latency: {
      bucketMs: latency.bucketMs,
      phases: latency.phases.map((phase) => ({ name: phase.name, ...overTime(phase) })),
      lateness: overTime(latency.lateness),
    },
  };
}

function overTime({ p50, p99, max }: PercentilesOverTime) {
  return { p50: [...p50], p99: [...p99], max: [...max] };
}
