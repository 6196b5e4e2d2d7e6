import { describe, expect, it } from 'vitest';
import { cpuOverTime } from './cpu-over-time.js';
import { resourcesOf } from './resources.test-support.js';

const BUSY = { harness: 0.25, servers: 1, nodes: 0.5, others: 0.15, stolen: 0.1 };

describe('the CPUs over time', () => {
  it('are told by who kept them busy, between each two samples', () => {
    expect(cpuOverTime(resourcesOf([{}, BUSY]))).toEqual({
      cpus: 2,
      fromUs: 0,
      untilUs: [1_000_000, 2_000_000],
      users: [
        { kind: 'server', cores: [0, 1] },
        { kind: 'node', cores: [0, 0.5] },
        { kind: 'harness', cores: [0, 0.25] },
      ],
      stolen: [0, expect.closeTo(0.1)],
      others: [0, expect.closeTo(0.15)],
    });
  });

  it('count a process that ended among the others', () => {
    const evidence = resourcesOf([BUSY, BUSY]);
    const samples = evidence.samples.map((one, index) =>
      index < 2 ? one : { ...one, ticks: [50, null, 100] },
    );
    const found = cpuOverTime({ ...evidence, samples });
    expect(found?.users[0]).toEqual({ kind: 'server', cores: [1, 0] });
    expect(found?.others[1]).toBeCloseTo(1.15);
  });

  it('are not known without samples, and for a machine that tells no CPU times', () => {
    const evidence = resourcesOf([BUSY]);
    expect(cpuOverTime({ ...evidence, samples: evidence.samples.slice(0, 1) })).toBeUndefined();
    expect(cpuOverTime({ ...evidence, cpus: null })).toBeUndefined();
    const silent = evidence.samples.map((one) => ({ ...one, machine: null }));
    expect(cpuOverTime({ ...evidence, samples: silent })).toBeUndefined();
  });
});
