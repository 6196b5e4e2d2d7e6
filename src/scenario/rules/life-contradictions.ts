import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';
import { traitsOf } from '../flavors.js';

/** Acts of clients that the scenario makes impossible. */
export function findLifeContradictions(scenario: Scenario): Finding[] {
  return [
    ...askedAllAtOnce(scenario),
    ...nobodyToRoamTo(scenario),
    ...lifeWithoutActs(scenario),
    ...prefixesDeclined(scenario),
  ];
}

function finding(path: Path, related: Path[], message: string, hint: string): Finding[] {
  return [{ path, related, at: 'value', message, hint }];
}

type Life = NonNullable<Scenario['load']['life']>;

const ratesOfLife = (life: Life): readonly (number | undefined)[] => [
  life.renewPerServer,
  life.rebindPerServer,
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
  if (life === undefined || ratesOfLife(life).some((rate) => rate !== undefined)) return [];
  return finding(
    ['load', 'life'],
    [],
    'load.life has a duration, but no rate of any act',
    'give one of its rates: renewPerServer, rebindPerServer, releasePerServer, declinePerServer, leavePerServer',
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
