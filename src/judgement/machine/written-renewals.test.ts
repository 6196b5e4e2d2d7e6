import { expect, it } from 'vitest';
import type { Counters, ServerEvidence, SystemEvidence } from '../../evidence/system.js';
import type { CaseFigures } from '../../results/case.js';
import { withWritten } from './written-renewals.js';

function reached(judged: number, servers: readonly (Counters | 'not asked')[]) {
  const evidence = servers.map((after, index): ServerEvidence => ({
    name: `dhcp6-ia-na server-${index + 1}`,
    node: 'node-1',
    before: { seen: {} },
    after: after === 'not asked' ? { failed: after } : { seen: after },
    log: { seen: [] },
  }));
  const figures = { name: 'dhcp6-ia-na', renewals: { judged, notKept: 0 } } as unknown as CaseFigures;
  return withWritten(figures, { servers: evidence } as unknown as SystemEvidence).renewals.reachedDatabase;
}

it('renewals that no server answered from its cache have reached the database', () => {
  expect(reached(10, [{}, {}])).toBe(10);
  expect(reached(10, [{ 'v6-ia-na-lease-reuses': 3 }, { 'v6-ia-pd-lease-reuses': 4 }])).toBe(3);
});

it('a server also counts other requests that it answered so', () => {
  expect(reached(2, [{ 'v6-ia-na-lease-reuses': 5 }])).toBe(0);
});

it('nobody knows where the counters of a server are not known, or there are none', () => {
  expect(reached(10, [{}, 'not asked'])).toBeNull();
  expect(reached(10, [])).toBeNull();
});
