import { describe, expect, it, test } from 'vitest';
import { pausedPercent, pausedText } from './flow-control.js';

const clock = (seconds: number) => ({
  start: { atUs: 2e6, unixUs: 0 },
  end: { atUs: 2e6 + seconds * 1e6, unixUs: 0 },
});

test.each([
  // From a real cluster whose members named no address: 37 s of a load of 40 s.
  [{ wsrep_flow_control_paused_ns: 37e9 }, 40, 92.5],
  [{ wsrep_flow_control_paused_ns: 0 }, 40, 0],
  // The counter goes on after the load.
  [{ wsrep_flow_control_paused_ns: 41e9 }, 40, 100],
  [{ wsrep_last_committed: 7 }, 40, undefined],
  [{ wsrep_flow_control_paused_ns: 1e9 }, 0, undefined],
])('%j in a load of %d s: %s%%', (growth, seconds, percent) =>
  expect(pausedPercent(growth, clock(seconds))).toBe(percent),
);

describe('a pause is mentioned', () => {
  it('from a tenth of the load on, for each node', () => {
    const nodes = [92.5, 10, 9.9, undefined].map((percent, i) => ({
      node: `node-${i + 1}`,
      pausedPercent: percent,
    }));
    expect(pausedText(nodes)).toBe('flow control paused node-1 for 93% of the load, node-2 for 10%');
  });

  it('once for nodes that were paused alike', () => {
    const nodes = [43.1, 42.9, 20].map((percent, i) => ({ node: `node-${i + 1}`, pausedPercent: percent }));
    expect(pausedText(nodes)).toBe('flow control paused node-1, node-2 for 43% of the load, node-3 for 20%');
  });

  it('but not below a tenth', () => {
    expect(pausedText([{ node: 'node-1', pausedPercent: 9.9 }, { node: 'node-2' }])).toBe('');
    expect(pausedText([])).toBe('');
  });
});
