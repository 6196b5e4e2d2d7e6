import { associationsOf } from '../../protocol/cases.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';

type Kea = Scenario['kea'];

/** The version with which Kea got a setting (ISC's release notes), and whether a scenario uses that setting. */
const SINCE: readonly { setting: keyof Kea; since: string; isMade: (kea: Kea) => boolean }[] = [
  { setting: 'allocator', since: '2.3.4', isMade: ({ allocator }) => allocator === 'random' },
  { setting: 'allocator', since: '2.3.7', isMade: ({ allocator }) => allocator === 'flq' },
  { setting: 'pdAllocator', since: '2.3.4', isMade: ({ pdAllocator }) => pdAllocator === 'random' },
  { setting: 'pdAllocator', since: '2.3.7', isMade: ({ pdAllocator }) => pdAllocator === 'flq' },
  { setting: 'offerLifetime', since: '2.3.6', isMade: ({ offerLifetime }) => offerLifetime !== undefined },
];

/**
 * The settings that a version of Kea does not know. For the beginning of a version, such as `2.3`: the settings that
 * none of these versions knows. For an unknown version, such as on servers that someone else runs: none.
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
