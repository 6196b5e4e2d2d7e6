import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ManagedProcess } from '../processes/managed-process.js';
import { until } from '../processes/wait.js';
import { ResourceWatch } from './resources.js';

const directory = mkdtempSync(join(tmpdir(), 'resources-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('CPU time and memory are sampled for the machine, the harness and each process on this machine', async () => {
  const busy = ManagedProcess.start({
    name: 'node-1',
    command: 'sh',
    args: ['-c', 'while :; do :; done'],
    env: { PATH: process.env['PATH'] ?? '' },
    cwd: directory,
    logFile: join(directory, 'busy.log'),
  });
  const watch = new ResourceWatch(
    [
      { kind: 'node', name: 'node-1', running: busy },
      { kind: 'server', name: 'dhcp4 server-1', running: undefined },
    ],
    () => performance.now() * 1_000,
    (nowUs) => ({ activeMs: nowUs / 4_000, idleMs: (3 * nowUs) / 4_000 }),
  );
  try {
    watch.start();
    const worked = await until(
      () => {
        const { samples } = watch.evidence();
        const grew = (ticksOf: (one: (typeof samples)[number] | undefined) => number | null | undefined) =>
          (ticksOf(samples.at(-1)) ?? 0) > (ticksOf(samples[0]) ?? Infinity);
        // The kernel counts the machine's time and a process's time by different clocks.
        const both = grew((one) => one?.ticks[1]) && grew((one) => one?.machine?.busyTicks);
        return Promise.resolve(both && samples.length > 2 ? samples : undefined);
      },
      { timeoutMs: 30_000, signal: new AbortController().signal },
    );
    expect(worked).toBeDefined();
  } finally {
    watch.stop();
    await busy.stop('SIGKILL');
  }
  const { processes, samples, memory, cpus } = watch.evidence();
  expect(processes).toEqual([
    { kind: 'harness', name: 'harness' },
    { kind: 'node', name: 'node-1' },
  ]);
  const [first, last] = [samples[0], samples.at(-1)];
  expect(last?.machine?.busyTicks).toBeGreaterThan(first?.machine?.busyTicks ?? Infinity);
  expect(last?.ticks[1]).toBeGreaterThan(first?.ticks[1] ?? Infinity);
  expect(last?.residentBytes).toBeGreaterThan(10_000_000);
  expect(memory.peakBytes).toBeGreaterThan(10_000_000);
  expect(memory.judgedPeakBytes).toBeNull();
  expect(cpus).toBeGreaterThan(0);
  const taken = samples.length;
  watch.stop();
  expect(watch.evidence().samples).toHaveLength(taken);
});
