import type { CpuOverTime } from '../../results/resources.js';
import type { ResourceEvidence, ResourceProcess, ResourceSample } from '../../evidence/resource-model.js';

const KINDS: readonly ResourceProcess['kind'][] = ['server', 'node', 'proxy', 'harness'];

/**
 * Who kept how many CPUs busy between each two samples, from before the load's first start to its end. A process that ended
 * or began between two samples counts among the others there.
 *
 * @returns undefined where the machine tells no CPU times
 */
export function cpuOverTime({
  cpus,
  processes,
  samples,
}: Pick<ResourceEvidence, 'cpus' | 'processes' | 'samples'>): CpuOverTime | undefined {
  if (cpus === null) return undefined;
  const users = KINDS.filter((kind) => processes.some((one) => one.kind === kind));
  const spans = samples.slice(1).flatMap((to, index) => {
    const from = samples[index];
    const busy = from === undefined ? undefined : busyBetween(from, to, cpus);
    return from === undefined || busy === undefined ? [] : [{ from, to, ...busy }];
  });
  if (spans.length === 0) return undefined;
  const coresOf = (kind: ResourceProcess['kind']): number[] =>
    spans.map(({ from, to, aTick }) =>
      processes.reduce((sum, one, place) => {
        const [before, after] = [from.ticks[place] ?? null, to.ticks[place] ?? null];
        return one.kind !== kind || before === null || after === null ? sum : sum + (after - before) * aTick;
      }, 0),
    );
  const own = users.map((kind) => ({ kind, cores: coresOf(kind) }));
  return {
    cpus,
    untilUs: spans.map(({ to }) => to.atUs),
    fromUs: spans[0]?.from.atUs ?? 0,
    users: own,
    stolen: spans.map(({ stolen }) => stolen),
    others: spans.map(({ cores, stolen }, span) =>
      Math.max(0, cores - stolen - own.reduce((sum, one) => sum + (one.cores[span] ?? 0), 0)),
    ),
  };
}

/** The CPUs that were busy between two samples, those of them that the host withheld, and the CPUs of one tick. */
function busyBetween(
  { machine: before }: ResourceSample,
  { machine: after }: ResourceSample,
  cpus: number,
): { cores: number; stolen: number; aTick: number } | undefined {
  if (before === null || after === null || after.totalTicks <= before.totalTicks) return undefined;
  const aTick = cpus / (after.totalTicks - before.totalTicks);
  return {
    cores: (after.busyTicks - before.busyTicks) * aTick,
    stolen: ((after.stolenTicks ?? 0) - (before.stolenTicks ?? 0)) * aTick,
    aTick,
  };
}
