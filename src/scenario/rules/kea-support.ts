import { associationsOf } from '../../protocol/cases.js';
import { ALLOCATOR_NAMES, LISTED_LEASES, traitsOfAllocator, type Allocator } from '../allocators.js';
import { listingAllocators, statedAllocators, type StatedAllocator } from './stated-allocators.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import { SUITES } from '../../packages/suites.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import { serversOf, type Scenario } from '../schema.js';

type Kea = Partial<Scenario['kea']>;

interface Since {
  path: Path;
  since: string;
  value: (kea: Kea) => unknown;
  /** The value that came later than the setting. */
  only?: string;
}

/** The version with which Kea got a setting, or a value of it (ISC's release notes). */
const SINCE: readonly Since[] = [
  ...ALLOCATOR_NAMES.flatMap((name) => sinceOfAllocator(name)),
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

function sinceOfAllocator(only: Allocator): Since[] {
  const { since } = traitsOfAllocator(only);
  if (since === undefined) return [];
  return [
    { path: ['allocator'], since, value: ({ allocator }) => allocator, only },
    { path: ['pdAllocator'], since, value: ({ pdAllocator }) => pdAllocator, only },
  ];
}

/**
 * The settings that a version of Kea does not know. For the beginning of a version, such as `2.3`: the settings that
 * none of these versions knows. For an unknown version, such as on servers that someone else runs: none.
 *
 * @param version of the servers that have no version of their own
 */
export function unknownToKea(
  { kea, servers = [] }: Pick<Scenario, 'kea' | 'servers'>,
  version: string,
): Finding[] {
  const ofAll = unknown(kea, version, ['kea']);
  const ofOne = servers.flatMap(({ kea: own }, index) =>
    own === undefined
      ? []
      : unknown({ ...kea, ...own }, own.version ?? version, ['servers', index, 'kea'], own).filter(
          ({ message }) => !ofAll.some((known) => known.message === message),
        ),
  );
  return [...ofAll, ...ofOne];
}

/** @param own what is stated at the path itself; the rest of the settings are those of all servers */
function unknown(kea: Kea, version: string, path: Path, own: object = kea): Finding[] {
  if (!/^\d/.test(version)) return [];
  const found = new KeaVersion(version);
  return SINCE.filter(({ since, value, only }) => {
    const stated = value(kea);
    return stated !== undefined && (only ?? stated) === stated && !found.mayBeAtLeast(since);
  }).map(({ path: inKea, since, value }) => {
    const isOwn = Object.hasOwn(own, inKea[0] ?? '');
    const where = [...(isOwn ? path : ['kea']), ...inKea];
    return {
      path: where,
      related: [[...path, 'version']],
      at: 'value',
      message: `${where.join('.')}: Kea ${version} does not know ${textOf(value(kea))}; it came with Kea ${since}`,
      hint: laterThan(since, [...path, 'version']),
    };
  });
}

/** Which versions that are to be had know something, and how to choose one. */
function laterThan(since: string, path: Path): string {
  const known = Object.values(SUITES).flatMap(({ kea }) =>
    new KeaVersion(kea).mayBeAtLeast(since) ? [kea] : [],
  );
  return known.length === 0
    ? 'no suite of Debian has such a version: let KEA_CONFORMANCE_KEA name an installed Kea'
    : `choose a later version with ${path.join('.')}: ${known.join(' or ')}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Settings that no version of Kea supports. */
export function impossibleInKea(
  scenario: Pick<Scenario, 'kea' | 'cases' | 'load' | 'servers' | 'cluster'>,
): Finding[] {
  const { cases, load } = scenario;
  const ofAddresses = cases.find((kind) => associationsOf(kind).includes('na'));
  const forAddresses = statedAllocators(scenario).filter(
    ({ setting, allocator }) => setting === 'allocator' && traitsOfAllocator(allocator).notForIa === 'na',
  );
  if (forAddresses.length > 0 && ofAddresses !== undefined) {
    const message = `with ${ofAddresses}: Kea has this allocator for IPv4 addresses and prefixes only`;
    return forAddresses.map((one) =>
      impossible(one, [['cases']], message, `leave ${ofAddresses} out of cases`),
    );
  }
  const mixed = notByAll(scenario);
  const clients = load.clientsPerServer * serversOf(scenario).length;
  if (clients <= LISTED_LEASES) return mixed;
  const message = `for ${clients} clients: its pools have ${LISTED_LEASES} leases`;
  const tooSmall = listingAllocators(scenario).map((one) =>
    impossible(one, [['load', 'clientsPerServer']], message, 'lower load.clientsPerServer'),
  );
  return [...mixed, ...tooSmall];
}

/** A queue that servers share becomes wrong where one of them does not use it. */
function notByAll(scenario: Pick<Scenario, 'kea' | 'servers'>): Finding[] {
  const { kea, servers = [] } = scenario;
  return statedAllocators(scenario)
    .filter(({ allocator }) => traitsOfAllocator(allocator).byAllServers === true)
    .flatMap((one) => {
      const other = servers.findIndex((server) => ({ ...kea, ...server.kea })[one.setting] !== one.allocator);
      if (other === -1) return [];
      const message = `while server-${other + 1} has another allocator: all servers must share the queue`;
      return [
        impossible(one, [['servers', other, 'kea', one.setting]], message, `state it as kea.${one.setting}`),
      ];
    });
}

function impossible(
  { path, allocator }: StatedAllocator,
  related: readonly Path[],
  message: string,
  hint: string,
): Finding {
  return { path, related, at: 'value', message: `${path.join('.')} can't be ${allocator} ${message}`, hint };
}
