import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';
import { renewalTimeOf } from '../renewal-times.js';
import { traitsOf } from '../flavors.js';

/** Acts of clients that the scenario makes impossible. */
export function findLifeContradictions(scenario: Scenario): Finding[] {
  return [
    ...askedAllAtOnce(scenario),
    ...nobodyToRoamTo(scenario),
    ...lifeWithoutActs(scenario),
    ...prefixesDeclined(scenario),
    ...renewedTooLate(scenario),
  ];
}

function finding(path: Path, related: Path[], message: string, hint: string): Finding[] {
  return [{ path, related, at: 'value', message, hint }];
}

type Life = NonNullable<Scenario['load']['life']>;

const ratesOfLife = (life: Life): readonly (number | undefined)[] => [
  life.renewPerServer,
  life.rebindPerServer,
  life.rebootPerServer,
  life.releasePerServer,
  life.declinePerServer,
  life.leavePerServer,
];

function nobodyToRoamTo(scenario: Scenario): Finding[] {
  if (scenario.load.fanout !== 'roam' || serversOf(scenario).length > 1) return [];
  return finding(
    ['load', 'fanout'],
    [scenario.servers === undefined ? ['cluster', 'nodes'] : ['servers']],
    'load.fanout roam needs two servers or more: clients turn to the next one',
    'raise cluster.nodes, or list more servers',
  );
}

/** Keys that contradict the fanout `all`, where every server sees every message. */
function askedAllAtOnce(scenario: Scenario): Finding[] {
  const { cluster, load } = scenario;
  if (load.fanout !== 'all') return [];
  const beside = (related: Path, why: string, hint: string): Finding[] =>
    finding(['load', 'fanout'], [related], `load.fanout all ${why}`, hint);
  if (serversOf(scenario).length < 2)
    return beside(['servers'], 'needs two servers or more', 'raise cluster.nodes, or list more servers');
  if (load.rapidCommit)
    return beside(
      ['load', 'rapidCommit'],
      'does not go with load.rapidCommit: every server that is asked would commit a lease',
      'leave one of them out',
    );
  if (load.life !== undefined)
    return beside(
      ['load', 'life'],
      'does not go with load.life: what clients do with a lease they do at one server',
      'take load.fanout pinned or roam',
    );
  if (!traitsOf(cluster.flavor).sharesLeases)
    return beside(
      ['cluster', 'flavor'],
      `needs servers that share their leases, not the flavor ${cluster.flavor}`,
      'take another cluster.flavor',
    );
  return [];
}

function lifeWithoutActs({ load: { life } }: Scenario): Finding[] {
  if (life === undefined || life.renewAtT1 || ratesOfLife(life).some((rate) => rate !== undefined)) return [];
  return finding(
    ['load', 'life'],
    [],
    'load.life has a duration, but no act',
    'set renewAtT1, or one of the rates renewPerServer, rebindPerServer, rebootPerServer, releasePerServer, declinePerServer, leavePerServer',
  );
}

function prefixesDeclined({ cases, load: { life } }: Scenario): Finding[] {
  if (life?.declinePerServer === undefined || cases.some((name) => !name.endsWith('-pd'))) return [];
  return finding(
    ['load', 'life', 'declinePerServer'],
    [['cases']],
    'load.life.declinePerServer has nothing to decline: clients do not decline prefixes (RFC 8415 section 18.2.8)',
    'leave it out, or run dhcp4 or dhcp6-ia-na too',
  );
}

/** T1 comes after the time for acts, so that nobody would renew. Servers that others run have lifetimes of their own. */
function renewedTooLate({ cases, cluster: { provider }, kea, load: { life } }: Scenario): Finding[] {
  if (life?.renewAtT1 !== true || provider === 'external') return [];
  const latest = Math.max(...cases.map((kind) => renewalTimeOf(kind, kea)));
  if (latest < life.seconds) return [];
  return finding(
    ['load', 'life', 'renewAtT1'],
    [['load', 'life', 'seconds'], kea.renewTimer === undefined ? ['kea'] : ['kea', 'renewTimer']],
    `load.life.renewAtT1: clients renew ${latest} s after they got their lease, and load.life.seconds is ${life.seconds}`,
    'state a shorter kea.validLifetime, such as 24, or a longer load.life.seconds',
  );
}
