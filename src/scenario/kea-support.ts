import { associationsOf } from '../protocol/cases.js';
import { KeaVersion } from '../packages/kea-version.js';
import type { Path } from './paths.js';
import type { Finding } from './problems.js';
import { serversOf, type Scenario } from './schema.js';

type Kea = Scenario['kea'];

/** Since when Kea knows a setting (ISC's release notes), and whether the scenario makes it. */
const SINCE: readonly { setting: keyof Kea; since: string; isMade: (kea: Kea) => boolean }[] = [
  { setting: 'allocator', since: '2.3.4', isMade: ({ allocator }) => allocator === 'random' },
  { setting: 'allocator', since: '2.3.7', isMade: ({ allocator }) => allocator === 'flq' },
  { setting: 'pdAllocator', since: '2.3.4', isMade: ({ pdAllocator }) => pdAllocator === 'random' },
  { setting: 'pdAllocator', since: '2.3.7', isMade: ({ pdAllocator }) => pdAllocator === 'flq' },
  { setting: 'offerLifetime', since: '2.3.6', isMade: ({ offerLifetime }) => offerLifetime !== undefined },
];

/**
 * Settings that a version of Kea does not know; of the beginning of a version, such as `2.3`, those that none does; of a
 * version that nobody knows, such as of servers that someone else runs, none.
 */
export function unknownToKea({ kea }: Pick<Scenario, 'kea'>, version: string): Finding[] {
  if (!/^\d/.test(version)) return [];
  const found = new KeaVersion(version);
  return SINCE.filter(({ since, isMade }) => isMade(kea) && !found.mayBeAtLeast(since)).map(
    ({ setting, since }) => ({
      path: ['kea', setting],
      related: [['kea', 'version']],
      at: 'value',
      message: `kea.${setting}: Kea ${version} does not know ${textOf(kea[setting])}; it came with Kea ${since}`,
      hint: 'choose a later version with kea.version: 2.6 or 3.0',
    }),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * With the allocator flq a server lists every free lease of its pools when it starts (Kea manual, "Free Lease Queue
 * Allocator"), which takes time and memory for each; so there are only this many then.
 */
export const LISTED_LEASES = 2 ** 18;

/** What no version can do. */
export function impossibleInKea(
  scenario: Pick<Scenario, 'kea' | 'cases' | 'load' | 'servers' | 'cluster'>,
): Finding[] {
  const { kea, cases, load } = scenario;
  const ofAddresses = cases.find((kind) => associationsOf(kind).includes('na'));
  if (kea.allocator === 'flq' && ofAddresses !== undefined) {
    const message = `with ${ofAddresses}: Kea has it for IPv4 addresses and prefixes only`;
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
    message: `kea.${setting} can not be flq ${message}`,
    hint,
  };
}
