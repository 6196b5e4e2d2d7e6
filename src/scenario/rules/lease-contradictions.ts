import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';
import { DEFAULT_REBIND_TIMER, DEFAULT_VALID_LIFETIME } from '../renewal-times.js';
import { clientsOfCase } from '../stages.js';
import { traitsOf } from '../flavors.js';

type Timed = Pick<Scenario, 'kea'>;

/** Lifetimes and pools that contradict each other or the load. */
export function findLeaseContradictions(scenario: Scenario): Finding[] {
  return [...disorderedTimes(scenario), ...dividedPrefixes(scenario), ...moreClientsThanLeases(scenario)];
}

/** T1 <= T2 <= lifetime (RFC 2131 section 4.4.5, RFC 8415 section 21.4), preferred <= valid (section 21.6). */
function disorderedTimes({ kea }: Timed): Finding[] {
  const validLifetime = kea.validLifetime ?? DEFAULT_VALID_LIFETIME;
  const unstated = kea.validLifetime === undefined ? DEFAULT_REBIND_TIMER : validLifetime;
  const bounds = [
    ['preferredLifetime', 'validLifetime', validLifetime],
    ['rebindTimer', 'validLifetime', validLifetime],
    ['renewTimer', 'rebindTimer', kea.rebindTimer ?? unstated],
  ] as const;
  return bounds.flatMap(([key, limit, most]) => {
    const value = kea[key];
    if (value === undefined || value <= most) return [];
    const message = `kea.${key} must be at most kea.${limit}, ${most}, but is ${value}`;
    return [finding(['kea', key], [['kea', limit]], message, `lower kea.${key}, or raise kea.${limit}`)];
  });
}

/** A pool of prefixes is a prefix itself, so its size is a power of two. */
function dividedPrefixes({ kea: { poolLeases }, cases }: Scenario): Finding[] {
  const delegating = cases.find((kind) => kind.includes('pd'));
  if (poolLeases === undefined || delegating === undefined || Number.isInteger(Math.log2(poolLeases)))
    return [];
  const below = 2 ** Math.floor(Math.log2(poolLeases));
  return [
    finding(
      ['kea', 'poolLeases'],
      [['cases']],
      `kea.poolLeases must be a power of two for ${delegating}, but is ${poolLeases}`,
      `take ${below} or ${2 * below}, or leave ${delegating} out of cases`,
    ),
  ];
}

/** Too few leases in a pool. All servers on one database give leases from one pool to the clients of each case. */
function moreClientsThanLeases(scenario: Scenario): Finding[] {
  const { kea, load } = scenario;
  const clients = clientsOfCase(load, serversOfOneDatabase(scenario));
  if (kea.poolLeases === undefined) {
    if (!load.beyondPool) return [];
    return [
      finding(
        ['load', 'beyondPool'],
        [],
        'load.beyondPool has no meaning without kea.poolLeases: the pools have a lease for every client',
        'state kea.poolLeases, or leave load.beyondPool out',
      ),
    ];
  }
  if (clients <= kea.poolLeases || load.beyondPool) return [];
  return [
    finding(
      ['kea', 'poolLeases'],
      [['load', load.stages === undefined ? 'clientsPerServer' : 'stages'], ['servers']],
      `kea.poolLeases is ${kea.poolLeases}, fewer than the ${clients} clients of each case`,
      'raise it, lower load.clientsPerServer, or say that this is meant with load.beyondPool: true',
    ),
  ];
}

/** The most servers that share one database. With some flavors each node has its own. */
function serversOfOneDatabase(scenario: Scenario): number {
  const servers = serversOf(scenario);
  if (traitsOf(scenario.cluster.flavor).sharesLeases) return servers.length;
  const onNode = (node: number): number => servers.filter((one) => one.node === node).length;
  return Math.max(...servers.map(({ node }) => onNode(node)));
}

function finding(path: Path, related: readonly Path[], message: string, hint: string): Finding {
  return { path, related, at: 'value', message, hint };
}
