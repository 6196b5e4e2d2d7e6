import { describe, expect, it } from 'vitest';
import { findLeaseContradictions } from './lease-contradictions.js';
import { scenarioSchema, type Scenario } from '../schema.js';

const scenario = (more: Record<string, unknown>): Scenario =>
  scenarioSchema.parse({ name: 'mine', description: 'made up', ...more });

const found = (more: Record<string, unknown>) =>
  findLeaseContradictions(scenario(more)).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('lifetimes', () => {
  it.each([
    [
      { preferredLifetime: 4001 },
      'kea.preferredLifetime must be at most kea.validLifetime, 4000, but is 4001',
    ],
    [
      { validLifetime: 20, preferredLifetime: 21 },
      'kea.preferredLifetime must be at most kea.validLifetime, 20',
    ],
    [
      { validLifetime: 20, rebindTimer: 30 },
      'kea.rebindTimer must be at most kea.validLifetime, 20, but is 30',
    ],
    [{ renewTimer: 2001 }, 'kea.renewTimer must be at most kea.rebindTimer, 2000, but is 2001'],
    [{ validLifetime: 20, renewTimer: 21 }, 'kea.renewTimer must be at most kea.rebindTimer, 20, but is 21'],
    [
      { validLifetime: 20, renewTimer: 11, rebindTimer: 10 },
      'kea.renewTimer must be at most kea.rebindTimer, 10',
    ],
  ])('%j are refused', (kea, message) => {
    const [only, ...others] = found({ kea });
    expect(only).toContain(message);
    expect(others).toEqual([]);
  });

  it.each([
    [{ validLifetime: 20, preferredLifetime: 20, renewTimer: 5, rebindTimer: 20 }],
    [{ renewTimer: 2000 }],
    [{ validLifetime: 100_000, renewTimer: 50_000 }],
  ])('%j are taken', (kea) => {
    expect(found({ kea })).toEqual([]);
  });
});

describe('a pool', () => {
  const CASES = { cases: ['dhcp4', 'dhcp6-ia-na'], servers: [{ node: 1 }, { node: 2 }, { node: 3 }] };
  const load = { clientsPerServer: 40 };

  it.each([
    [119, ['kea.poolLeases: kea.poolLeases is 119, fewer than the 120 clients of each case']],
    [120, []],
  ])('of %i leases for three servers of 40 clients', (poolLeases, expected) => {
    expect(found({ ...CASES, load, kea: { poolLeases } })).toEqual(expected);
  });

  it('may have fewer leases than clients with load.beyondPool', () => {
    expect(found({ ...CASES, load: { ...load, beyondPool: true }, kea: { poolLeases: 1 } })).toEqual([]);
  });

  it('serves the clients of one node where each node has a database of its own', () => {
    const isolated = { ...CASES, cluster: { flavor: 'isolated' }, load };
    expect(found({ ...isolated, kea: { poolLeases: 40 } })).toEqual([]);
    expect(found({ ...isolated, kea: { poolLeases: 39 } })).toHaveLength(1);
    expect(found({ ...isolated, servers: [{ node: 1 }, { node: 1 }], kea: { poolLeases: 79 } })).toHaveLength(
      1,
    );
  });

  it('counts the clients that stages start', () => {
    const stages = [{ ratePerServer: 10, seconds: 4 }];
    const [message] = found({ ...CASES, load: { stages }, kea: { poolLeases: 119 } });
    expect(message).toContain('the 120 clients');
  });

  it('of prefixes is a power of two', () => {
    const [finding] = findLeaseContradictions(scenario({ load, kea: { poolLeases: 500 } }));
    expect(finding).toMatchObject({
      message: 'kea.poolLeases must be a power of two for dhcp6-ia-pd, but is 500',
      hint: 'take 256 or 512, or leave dhcp6-ia-pd out of cases',
    });
    expect(found({ load, kea: { poolLeases: 512 } })).toEqual([]);
    expect(found({ ...CASES, load, kea: { poolLeases: 500 } })).toEqual([]);
  });

  it('must be stated for load.beyondPool', () => {
    const [message] = found({ load: { beyondPool: true } });
    expect(message).toContain('load.beyondPool has no meaning without kea.poolLeases');
  });
});
