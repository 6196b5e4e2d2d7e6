import { associationsOf } from '../../protocol/cases.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';

type Kea = Scenario['kea'];

/** The version with which Kea got a setting, or a value of it (ISC's release notes). */
const SINCE: readonly { path: Path; since: string; value: (kea: Kea) => unknown; only?: string }[] = [
  { path: ['allocator'], since: '2.3.4', value: ({ allocator }) => allocator, only: 'random' },
  { path: ['allocator'], since: '2.3.7', value: ({ allocator }) => allocator, only: 'flq' },
  { path: ['pdAllocator'], since: '2.3.4', value: ({ pdAllocator }) => pdAllocator, only: 'random' },
  { path: ['pdAllocator'], since: '2.3.7', value: ({ pdAllocator }) => pdAllocator, only: 'flq' },
  { path: ['offerLifetime'], since: '2.3.6', value: ({ offerLifetime }) => offerLifetime },
  {
    path: ['leaseDatabase', 'readTimeout'],
    since: '2.3.4',
    value: ({ leaseDatabase }) => leaseDatabase?.readTimeout,
  },
  {
    path: ['leaseDatabase', 'retryOnStartup'],
    since: '2.5.5',
    value: ({ leaseDatabase }) => leaseDatabase?.retryOnStartup,
  },
];

/**
 * The settings that a version of Kea does not know. For the beginning of a version, such as `2.3`: the settings that
 * none of these versions knows. For an unknown version, such as on servers that someone else runs: none.
 */
export function unknownToKea({ kea }: Pick<Scenario, 'kea'>, version: string): Finding[] {
  if (!/^\d/.test(version)) return [];
  const found = new KeaVersion(version);
  return SINCE.filter(({ since, value, only }) => {
    const stated = value(kea);
    return stated !== undefined && (only ?? stated) === stated && !found.mayBeAtLeast(since);
  }).map(({ path, since, value }) => ({
    path: ['kea', ...path],
    related: [['kea', 'version']],
    at: 'value',
    message: `kea.${path.join('.')}: Kea ${version} does not know ${textOf(value(kea))}; it came with Kea ${since}`,
    hint: 'choose a later version with kea.version: 2.6 or 3.0',
  }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * The size of a pool with the allocator flq. Such a server lists every free lease of its pools when it starts (Kea
 * manual, "Free Lease Queue Allocator"), and each takes time and memory.
 */
export const LISTED_LEASES = 2 ** 18;

/** Settings that no version of Kea supports. */
export function impossibleInKea(
  scenario: Pick<Scenario, 'kea' | 'cases' | 'load' | 'servers' | 'cluster'>,
): Finding[] {
  const { kea, cases, load } = scenario;
  const ofAddresses = cases.find((kind) => associationsOf(kind).includes('na'));
  if (kea.allocator === 'flq' && ofAddresses !== undefined) {
    const message = `with ${ofAddresses}: Kea has this allocator for IPv4 addresses and prefixes only`;
    return [notListed('allocator', ['cases'], message, `leave ${ofAddresses} out of cases`)];
  }
  const clients = load.clientsPerServer * serversOf(scenario).length;
  if (clients <= LISTED_LEASES) return [];
  const path = ['load', 'clientsPerServer'];
  const message = `for ${clients} clients: its pools have ${LISTED_LEASES} leases`;
  return (['allocator', 'pdAllocator'] as const)
    .filter((setting) => kea[setting] === 'flq')
    .map((setting) => notListed(setting, path, message, 'lower load.clientsPerServer'));
}

function notListed(setting: keyof Kea, other: Path, message: string, hint: string): Finding {
  return {
    path: ['kea', setting],
    related: [other],
    at: 'value',
    message: `kea.${setting} can't be flq ${message}`,
    hint,
  };
}
