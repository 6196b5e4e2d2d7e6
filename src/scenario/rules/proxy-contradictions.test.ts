import { describe, expect, it } from 'vitest';
import { findContradictions } from './consistency.js';
import { findProxyContradictions } from './proxy-contradictions.js';
import { scenarioSchema, type Scenario } from '../schema.js';

const scenario = (more: Record<string, unknown>): Scenario =>
  scenarioSchema.parse({ name: 'mine', description: 'made up', ...more });

const PROXY = { proxy: 'haproxy' };

describe('a proxy', () => {
  it.each([
    [{ kea: PROXY, cluster: { provider: 'external' } }, 'kea.proxy', /provider external: .*someone else/],
    [{ kea: PROXY, cluster: { flavor: 'isolated' } }, 'kea.proxy', /flavor isolated: .*wsrep_ready/],
    [{ kea: PROXY, cluster: { flavor: 'circular' } }, 'kea.proxy', /flavor circular/],
    [{ kea: { haproxy: '/usr/sbin/haproxy' } }, 'kea.haproxy', /no kea\.proxy/],
  ])('%j is refused', (more, path, message) => {
    const [only, ...others] = findProxyContradictions(scenario(more));
    expect(only?.path.join('.')).toBe(path);
    expect(only?.message).toMatch(message);
    expect(only?.hint).toBeTruthy();
    expect(others).toEqual([]);
  });

  it.each([
    [{ kea: PROXY }],
    [{ kea: { ...PROXY, haproxy: '/usr/sbin/haproxy' } }],
    [{ kea: PROXY, cluster: { flavor: 'percona' } }],
    [{}],
  ])('%j is taken', (more) => {
    expect(findContradictions(scenario(more))).toEqual([]);
  });
});
