import type { ResourceFigures } from '../../results/resources.js';
import type { ScheduleFigures } from '../../results/case.js';
import type { ResourceEvidence, ResourceSample } from '../../evidence/resource-model.js';
import { cpuOverTime } from './cpu-over-time.js';
import { machineFigures } from './machine.js';

const MIB = 1_024 * 1_024;

/** Fewer samples don't show whether memory grows. */
const LEAST_SAMPLES_FOR_GROWTH = 8;

/**
 * @param goesOn whether the load lasts beyond its starts, because clients do something with their leases later
 * @returns null where nobody took samples
 */
export function resourceFigures(
  resources: ResourceEvidence | undefined,
  schedules: readonly Pick<ScheduleFigures, 'firstStartUs' | 'durationUs'>[],
  goesOn = false,
): ResourceFigures | null {
  if (resources === undefined) return null;
  const { processes, cpus, memory } = resources;
  const samples = within(resources.samples, schedules, goesOn);
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return null;
  const own = processes.map(({ kind, name }, index) => ({
    kind,
    name,
    cores: cpus === null ? null : coresBetween(first, last, index, cpus),
  }));
  const overTime = cpuOverTime(resources);
  return {
    fromUs: first.atUs,
    toUs: last.atUs,
    machine: machineFigures(
      resources,
      samples,
      own.map(({ cores }) => cores),
    ),
    processes: own,
    ...(overTime === undefined ? {} : { cpuOverTime: overTime }),
    eventLoopPercent: eventLoopPercent(first, last),
    peakEventLoop: peakEventLoop(cpus, samples),
    memory: {
      peakMiB: memory.peakBytes / MIB,
      judgedPeakMiB: memory.judgedPeakBytes === null ? null : memory.judgedPeakBytes / MIB,
      growthPercent: growthPercent(samples),
      series: resources.samples.map(({ atUs, residentBytes }) => ({
        atUs,
        residentMiB: residentBytes / MIB,
      })),
    },
  };
}

/**
 * The samples from the last one before the first start of any case, to the first one after the last start or to the
 * end.
 */
function within(
  samples: readonly ResourceSample[],
  schedules: readonly Pick<ScheduleFigures, 'firstStartUs' | 'durationUs'>[],
  goesOn: boolean,
): readonly ResourceSample[] {
  // Without any start there is no time of the load, so all samples count.
  const starts = schedules.flatMap(({ firstStartUs }) => firstStartUs ?? []);
  const ends = schedules.flatMap(({ firstStartUs, durationUs }) =>
    firstStartUs === null ? [] : firstStartUs + durationUs,
  );
  if (starts.length === 0) return samples;
  const from = samples.findLastIndex(({ atUs }) => atUs <= Math.min(...starts));
  const to = goesOn ? -1 : samples.findIndex(({ atUs }) => atUs >= Math.max(...ends));
  return samples.slice(Math.max(from, 0), to < 0 ? samples.length : to + 1);
}

function coresBetween(
  first: ResourceSample,
  last: ResourceSample,
  index: number,
  cpus: number,
): number | null {
  const [before, after] = [first.ticks[index] ?? null, last.ticks[index] ?? null];
  const total = (last.machine?.totalTicks ?? 0) - (first.machine?.totalTicks ?? 0);
  return before === null || after === null || total <= 0 ? null : ((after - before) * cpus) / total;
}

function eventLoopPercent(
  { eventLoop: before }: ResourceSample,
  { eventLoop: after }: ResourceSample,
): number | null {
  const active = after.activeMs - before.activeMs;
  const all = active + after.idleMs - before.idleMs;
  return all <= 0 ? null : (100 * active) / all;
}

function peakEventLoop(
  cpus: number | null,
  samples: readonly ResourceSample[],
): { percent: number; cores: number | null } | null {
  let peak: { percent: number; cores: number | null } | null = null;
  for (const [index, after] of samples.slice(1).entries()) {
    const before = samples[index] ?? after;
    const percent = eventLoopPercent(before, after);
    if (percent === null || percent <= (peak?.percent ?? -1)) continue;
    // The harness is the first of the processes.
    peak = { percent, cores: cpus === null ? null : coresBetween(before, after, 0, cpus) };
  }
  return peak;
}

function growthPercent(samples: readonly ResourceSample[]): number | null {
  if (samples.length < LEAST_SAMPLES_FOR_GROWTH) return null;
  const half = Math.floor(samples.length / 2);
  const before = median(samples.slice(0, half));
  return (100 * (median(samples.slice(-half)) - before)) / before;
}

function median(samples: readonly ResourceSample[]): number {
  const sorted = samples.map(({ residentBytes }) => residentBytes).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
