import { CHECKED } from '../../../src/report/cluster-check.test-support.js';
import { clusterCheckPage } from '../../../src/report/html/cluster/check-page.js';
import { LONG, type PagesByName } from './made-page.js';

/** Pages of checks of clusters: with findings of every kind, and with nothing wrong. */
export function clusterPages(): PagesByName {
  const common = { checkedAt: new Date(0), generator: 'made up' };
  const values = { db1: LONG, db2: '2' };
  const wrong = {
    name: 'another_setting',
    values,
    advised: '1',
    meaning: 'what it is',
    weight: 'wrong',
  } as const;
  return {
    'cluster-check': clusterCheckPage({
      ...common,
      result: { ...CHECKED, settings: [...CHECKED.settings, wrong] },
      advice: (['ok', 'note'] as const).map((weight) => ({
        ...{ server: LONG, point: 'allocator', present: weight, advised: 'random' },
        ...{ meaning: 'they race for one lease', weight },
      })),
      silent: [{ server: LONG, reason: 'nobody listens' }],
    }),
    'cluster-check-of-a-good-one': clusterCheckPage({
      ...common,
      result: { ...CHECKED, verdict: 'pass', unreachable: [], checks: [], settings: [], notes: [] },
      advice: [],
      silent: [],
    }),
  };
}
