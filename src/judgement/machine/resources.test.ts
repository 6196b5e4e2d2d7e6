import { describe, expect, it } from 'vitest';
import { resourceFigures } from './resources.js';
import { resourcesOf, type Second } from './resources.test-support.js';

/** A case whose starts lie between these seconds. */
const load = (fromS: number, toS: number) => ({ firstStartUs: fromS * 1e6, durationUs: (toS - fromS) * 1e6 });

const IDLE: Second = {};
const BUSY: Second = { harness: 0.25, servers: 1, nodes: 0.5, others: 0.25, eventLoop: 0.5 };

describe('what the load used', () => {
  it('runs from the last sample before the first start of any case to the first sample after the last start', () => {
    const evidence = resourcesOf([IDLE, BUSY, BUSY, IDLE, IDLE]);
    expect(resourceFigures(evidence, [load(1.2, 2), load(2, 2.9)])).toMatchObject({
      fromUs: 1e6,
      toUs: 3e6,
      machine: { cpus: 2, busyPercent: 100, peakBusyPercent: 100 },
      processes: [
        { kind: 'harness', cores: 0.25 },
        { kind: 'server', cores: 1 },
        { kind: 'node', cores: 0.5 },
      ],
      eventLoopPercent: 50,
    });
    const all = resourceFigures(evidence, [load(0, 5)]);
    expect(all?.machine).toEqual({
      cpus: 2,
      busyPercent: 40,
      peakBusyPercent: 100,
      stolenPercent: 0,
      otherPercent: 5,
      usedUpPercent: 40,
      before: null,
    });
  });

  it('runs to the end if clients do something with their leases after all have started', () => {
    const evidence = resourcesOf([IDLE, BUSY, IDLE, IDLE]);
    expect(resourceFigures(evidence, [load(1, 2)], true)).toMatchObject({ fromUs: 1e6, toUs: 4e6 });
  });

  it('covers all samples where nothing started', () => {
    const nothing = { firstStartUs: null, durationUs: 0 };
    expect(resourceFigures(resourcesOf([IDLE, BUSY]), [nothing])).toMatchObject({ fromUs: 0, toUs: 2e6 });
  });

  it('is not known for a process that ended meanwhile, for a machine without CPU times, and without samples', () => {
    const evidence = resourcesOf([BUSY, BUSY]);
    const samples = evidence.samples.map((one, i) => (i < 2 ? one : { ...one, ticks: [50, null, 100] }));
    expect(resourceFigures({ ...evidence, samples }, [load(0, 2)])?.processes[1]?.cores).toBeNull();
    const silent = resourceFigures(
      { ...evidence, cpus: null, samples: evidence.samples.map((one) => ({ ...one, machine: null })) },
      [load(0, 2)],
    );
    expect(silent).toMatchObject({
      machine: null,
      processes: [{ cores: null }, { cores: null }, { cores: null }],
    });
    expect(resourceFigures(undefined, [load(0, 2)])).toBeNull();
  });

  it('includes the growth of memory from the first half to the second, whatever single samples show', () => {
    const memory = (...mib: number[]) =>
      resourceFigures(resourcesOf(mib.map((memoryMiB) => ({ memoryMiB }))), [load(0, mib.length)])?.memory;
    expect(memory(100, 100, 900, 100, 110, 110, 110, 110)?.growthPercent).toBeCloseTo(10);
    expect(memory(200, 200, 200, 200, 100, 100, 100, 100)?.growthPercent).toBeCloseTo(-50, 0);
    expect(memory(100, 110)?.growthPercent).toBeNull();
    expect(memory(100)).toMatchObject({ peakMiB: 120, judgedPeakMiB: null });
  });
});
