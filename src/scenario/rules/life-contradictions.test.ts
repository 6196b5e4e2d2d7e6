import { describe, expect, it } from 'vitest';
import { findLifeContradictions } from './life-contradictions.js';
import { type CaseKind, phasesOf } from '../../protocol/cases.js';
import { scenarioSchema } from '../schema.js';

const parse = (more: Record<string, unknown>) =>
  scenarioSchema.parse({ name: 'mine', description: 'made up', ...more });
const found = (more: Record<string, unknown>) =>
  findLifeContradictions(parse(more)).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('load.life', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ load: { life: { seconds: 5 } } }, 'load.life: load.life has a duration, but no act'],
    [
      { load: { life: { seconds: 60, renewAtT1: true } } },
      'load.life.renewAtT1: clients renew 1000 s after they got their lease, and load.life.seconds is 60',
    ],
    [
      { kea: { validLifetime: 24 }, load: { life: { seconds: 12, renewAtT1: true } } },
      'load.life.renewAtT1: clients renew 12 s after they got their lease',
    ],
    [
      { cases: ['dhcp6-ia-pd'], load: { life: { seconds: 5, declinePerServer: 1 } } },
      'load.life.declinePerServer: load.life.declinePerServer has nothing to decline',
    ],
    [
      { cluster: { flavor: 'standalone', nodes: 1 }, load: { fanout: 'roam' } },
      'load.fanout: load.fanout roam needs two servers or more',
    ],
    [
      { cluster: { flavor: 'standalone', nodes: 1 }, load: { fanout: 'all' } },
      'load.fanout: load.fanout all needs two servers or more',
    ],
    [
      { cases: ['dhcp6-ia-na'], load: { fanout: 'all', rapidCommit: true } },
      'load.fanout: load.fanout all does not go with load.rapidCommit',
    ],
    [
      { load: { fanout: 'all', life: { seconds: 5, renewPerServer: 1 } } },
      'load.fanout: load.fanout all does not go with load.life',
    ],
    [
      { cluster: { flavor: 'isolated' }, load: { fanout: 'all' } },
      'load.fanout: load.fanout all needs servers that share their leases',
    ],
  ])('%j is refused', (more, message) => {
    const [only, ...others] = found(more);
    expect(only).toContain(message);
    expect(others).toEqual([]);
  });

  it.each<[Record<string, unknown>]>([
    [{}],
    [{ load: { fanout: 'roam' } }],
    [{ load: { fanout: 'all' } }],
    [{ load: { life: { seconds: 5, declinePerServer: 1 } } }],
    [{ load: { life: { seconds: 5, rebootPerServer: 1 } } }],
    [{ kea: { validLifetime: 24 }, load: { life: { seconds: 13, renewAtT1: true } } }],
    [{ kea: { renewTimer: 4 }, load: { life: { seconds: 5, renewAtT1: true } } }],
    [{ cases: ['dhcp6-ia-na'], kea: { validLifetime: 24 }, load: { life: { seconds: 8, renewAtT1: true } } }],
    [{ cases: ['dhcp6-ia-pd'], load: { life: { seconds: 5, leavePerServer: 0.5 } } }],
    [
      {
        cluster: { flavor: 'standalone', nodes: 1 },
        servers: [{ node: 1 }, { node: 1 }],
        load: { fanout: 'roam' },
      },
    ],
  ])('%j is not', (more) => {
    expect(found(more)).toEqual([]);
  });
});

describe('the phases of a case', () => {
  const all = { renewPerServer: 1, rebindPerServer: 1, releasePerServer: 1, declinePerServer: 1 };
  it.each<[CaseKind, Parameters<typeof phasesOf>[1], string[]]>([
    ['dhcp4', { fanout: 'pinned' }, []],
    ['dhcp4', { fanout: 'roam' }, ['RENEW-ACK']],
    ['dhcp6-ia-na-pd', { fanout: 'roam' }, ['REBIND-REPLY']],
    ['dhcp4', { fanout: 'roam', life: all }, ['RENEW-ACK', 'REBIND-ACK', 'RELEASE', 'DECLINE']],
    ['dhcp6-ia-pd', { fanout: 'pinned', life: all }, ['RENEW-REPLY', 'REBIND-REPLY', 'RELEASE-REPLY']],
    ['dhcp6-ia-na', { fanout: 'pinned', life: { releasePerServer: 2 } }, ['RELEASE-REPLY']],
  ])('%s under %j', (name, load, more) => {
    const [, , ...beyond] = phasesOf(name, load);
    expect(beyond).toEqual(more);
  });
});
