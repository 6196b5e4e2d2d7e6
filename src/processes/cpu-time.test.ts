import { describe, expect, it } from 'vitest';
import { cpuTicksOf, parseMachineCpu, readMachineCpu } from './cpu-time.js';
import { identify, type ProcessId } from './process-id.js';

function self(): ProcessId {
  const id = identify(process.pid);
  if (id === null) throw new Error('this process has no identity');
  return id;
}

describe('the CPU time of the machine', () => {
  it('does not count idle time and waiting for a disk as busy, and counts guests once', () => {
    const text =
      'cpu  100 10 20 500 30 1 2 3 40 4\ncpu0 50 5 10 250 15 0 1 1 20 2\ncpu1 50 5 10 250 15 1 1 2 20 2\nintr 1\n';
    expect(parseMachineCpu(text)).toEqual({ cpus: 2, busyTicks: 136, stolenTicks: 3, totalTicks: 666 });
  });

  it('is unknown where the text is anything else', () => {
    for (const text of ['', 'cpu  1 2\ncpu0 1 2\n', 'cpu  a b c d e\ncpu0 1\n', 'cpu  1 2 3 4 5 6 7 8\n'])
      expect(parseMachineCpu(text)).toBeNull();
  });

  it('grows, and that of a process with it while it works', () => {
    const before = { busy: readMachineCpu()?.busyTicks ?? NaN, own: cpuTicksOf(self()) ?? NaN };
    // The kernel counts the machine's time and the process's time by separate clocks, so either may be ahead of the
    // other for a while.
    const grown = () => ({
      busy: (readMachineCpu()?.busyTicks ?? NaN) - before.busy,
      own: (cpuTicksOf(self()) ?? NaN) - before.own,
    });
    const enough = () => grown().busy >= 3 && grown().own >= 3;
    const end = Date.now() + 60_000;
    while (!enough() && Date.now() < end);
    expect(enough(), JSON.stringify(grown())).toBe(true);
  });

  it('is unknown for a process whose number another process has now', () => {
    expect(cpuTicksOf({ ...self(), startTime: '1' })).toBeNull();
  });
});
