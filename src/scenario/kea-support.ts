import { KeaVersion } from '../packages/kea-version.js';
import type { Finding } from './problems.js';
import type { Scenario } from './schema.js';

type Kea = Scenario['kea'];

/** Since when Kea knows a setting (ISC's release notes), and whether the scenario makes it. */
const SINCE: readonly { setting: keyof Kea; since: string; isMade: (kea: Kea) => boolean }[] = [
  { setting: 'allocator', since: '2.3.4', isMade: ({ allocator }) => allocator === 'random' },
  { setting: 'allocator', since: '2.3.7', isMade: ({ allocator }) => allocator === 'flq' },
  { setting: 'pdAllocator', since: '2.3.4', isMade: ({ pdAllocator }) => pdAllocator === 'random' },
  { setting: 'pdAllocator', since: '2.3.7', isMade: ({ pdAllocator }) => pdAllocator === 'flq' },
  { setting: 'offerLifetime', since: '2.3.6', isMade: ({ offerLifetime }) => offerLifetime !== undefined },
];

/** Settings that a version of Kea does not know; of the beginning of a version, such as `2.3`, those that none does. */
export function unknownToKea({ kea }: Pick<Scenario, 'kea'>, version: string): Finding[] {
  const found = new KeaVersion(version);
  return SINCE.filter(({ since, isMade }) => isMade(kea) && !found.mayBeAtLeast(since)).map(
    ({ setting, since }) => ({
      path: ['kea', setting],
      related: [['kea', 'version']],
      at: 'value',
      message: `kea.${setting}: Kea ${version} does not know ${String(kea[setting])}; it came with Kea ${since}`,
      hint: 'choose a later version with kea.version: 2.6 or 3.0',
    }),
  );
}

/** What no version can do. */
export function impossibleInKea({ kea, cases }: Pick<Scenario, 'kea' | 'cases'>): Finding[] {
  if (kea.allocator !== 'flq' || !cases.includes('dhcp6-ia-na')) return [];
  return [
    {
      path: ['kea', 'allocator'],
      related: [['cases']],
      at: 'value',
      message:
        'kea.allocator can not be flq with dhcp6-ia-na: Kea has it for IPv4 addresses and prefixes only',
      hint: 'leave dhcp6-ia-na out of cases',
    },
  ];
}
