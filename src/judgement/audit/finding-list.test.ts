import { describe, expect, it } from 'vitest';
import { Findings } from './finding-list.js';

describe('findings', () => {
  const missing = (n: number) => ({
    kind: 'missing' as const,
    lease: `10.0.${n >> 8}.${n & 0xff}`,
    client: n,
    identity: null,
    server: 'server-1',
    detail: 'a row for what was acknowledged',
  });

  it.each([999, 1_000, 1_001, 5_000])('are counted once each, however many nodes show them: %i', (count) => {
    const findings = new Findings();
    for (const nodes of [['node-1', 'node-2'], ['node-3']]) {
      for (let n = 0; n < count; n++) findings.add(missing(n), nodes);
    }
    const list = findings.list(() => []);
    expect(list.counts).toEqual({ missing: count });
    expect(list.findings).toHaveLength(Math.min(count, 1_000));
    expect(list.omitted).toBe(Math.max(0, count - 1_000));
    expect(list.findings.every(({ nodes }) => nodes.length === 3)).toBe(true);
  });

  it('are counted apart if they differ', () => {
    const findings = new Findings();
    findings.add(missing(1), ['node-1']);
    findings.add({ ...missing(1), kind: 'not-live' }, ['node-1']);
    findings.add({ ...missing(1), client: 2 }, ['node-1']);
    findings.add({ ...missing(1), detail: 'something else' }, ['node-1']);
    expect(findings.list(() => []).counts).toEqual({ missing: 3, 'not-live': 1 });
  });
});
