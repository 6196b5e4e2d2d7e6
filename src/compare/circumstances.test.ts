import { describe, expect, it } from 'vitest';
import { circumstancesOf, differencesOf } from './circumstances.js';
import { changed, PASSING } from './compare.test-support.js';
import type { Result } from '../results/result.js';

const withSetting = (path: string, value: unknown) =>
  changed(({ scenario: { effective } }) => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let block = effective;
    for (const key of keys) block = block[key] as Record<string, unknown>;
    block[last] = value;
  });

const withEnvironment = (change: (environment: NonNullable<Result['environment']>) => void) =>
  changed(({ environment }) => {
    if (environment !== null) change(environment);
  });

describe('a difference that matters', () => {
  it.each([
    ['scenario.load.ratePerServer', withSetting('load.ratePerServer', 10), '10', '1'],
    ['scenario.load.arrival', withSetting('load.arrival', 'staggered'), 'staggered', 'aligned'],
    ['scenario.load.clientsPerServer', withSetting('load.clientsPerServer', 5), '5', '119'],
    ['scenario.cases', withSetting('cases', ['dhcp4']), '["dhcp4"]', '["dhcp4","dhcp6-ia-na","dhcp6-ia-pd"]'],
    ['scenario.kea.extra.a.b', withSetting('kea.extra', { a: { b: 1 } }), '1', 'not set'],
    ['scenario.kea.cacheThreshold', withSetting('kea.cacheThreshold', 0), '0', 'not set'],
    ['kea.version', withEnvironment(({ kea }) => (kea.version = '2.6.3')), '2.6.3', '2.2.0'],
    [
      'database.wsrepProvider',
      withEnvironment((e) => (e.database.wsrepProvider = '26.4.16')),
      '26.4.16',
      '26.4.23',
    ],
    ['cpus', withEnvironment((e) => (e.cpus = 8)), '8', '2'],
    ['scenario', changed(({ scenario }) => (scenario.name = 'other')), 'other', 'galera'],
    ['kea-lease-conformance major version', changed(({ tool }) => (tool.version = '1.0.0')), '1', '0'],
  ])('%s', (what, run, now, was) => {
    expect(differencesOf(run, PASSING)).toEqual([{ what, run: now, baseline: was }]);
    expect(differencesOf(PASSING, run)).toEqual([{ what, run: was, baseline: now }]);
  });

  it('names a database setting that only one run records', () => {
    const run = withSetting('cluster.settings', { wsrep_retry_autocommit: 4 });
    expect(differencesOf(run, PASSING)).toEqual([
      { what: 'scenario.cluster.settings.wsrep_retry_autocommit', run: '4', baseline: 'not set' },
    ]);
  });
});

describe('a difference that does not matter', () => {
  it.each([
    ['the seed', changed(({ scenario }) => (scenario.seed = 8))],
    ['a stated seed', withSetting('seed', 8)],
    ['the time', changed((result) => (result.startedAt = '2030-01-01T00:00:00.000Z'))],
    ['a later version of the tool', changed(({ tool }) => (tool.version = '0.2.0'))],
    ['its checks', withSetting('checks', ['clientsWithLease >= 1%'])],
    ['its reports', withSetting('reports', [])],
    [
      'a version of the database that was wanted, where the nodes say the same',
      withSetting('cluster.version', '10.11'),
    ],
    ['how long a start may take', withSetting('cluster.startTimeoutMs', 1)],
    ['a default that an older version did not know', withSetting('load.burstSize', undefined)],
    ['what an older version did not look for', withEnvironment(({ kea }) => (kea.offerLifetime = 0))],
  ])('%s', (_, run) => {
    expect(differencesOf(run, PASSING)).toEqual([]);
    expect(differencesOf(PASSING, run)).toEqual([]);
  });

  it('ignores the ports of external servers, as a kept cluster gets new ports each time', () => {
    const external = (port: number, host: string) =>
      withSetting('external', { nodes: [{ host, port }], servers: [], subnets: {}, user: 'a' });
    expect(differencesOf(external(1, 'db'), external(2, 'db'))).toEqual([]);
    expect(differencesOf(external(1, 'db'), external(1, 'other'))).toHaveLength(1);
  });
});

it('distinguishes recorded exchanges, which have no environment, from a run', () => {
  const recorded: Result = {
    ...PASSING,
    environment: null,
    source: { kind: 'perfdhcp', files: [], untold: [], notes: [] },
  };
  expect(circumstancesOf(recorded).get('recorded by')).toBe('perfdhcp');
  expect(differencesOf(recorded, PASSING).map(({ what }) => what)).toEqual(['recorded by']);
});
