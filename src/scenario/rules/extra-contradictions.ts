import { keaKey } from '../kea-key.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import type { Scenario } from '../schema.js';
import { leaseKeys } from '../schema/kea-leases.js';
import { ownKeaKeys } from '../schema/kea-own.js';

/** What `extra` may not hold, and why: what the harness must own, and what a scenario states with a key of its own. */
export function findExtraContradictions({ kea, servers = [] }: Scenario): Finding[] {
  return [
    ...inExtras(['kea'], kea),
    ...servers.flatMap(({ kea: own = {} }, index) => inExtras(['servers', index, 'kea'], own)),
  ];
}

const EXTRAS = ['extra', 'dhcp4Extra', 'dhcp6Extra'] as const;

type Extra = Readonly<Record<string, unknown>>;

function inExtras(path: Path, block: Partial<Record<(typeof EXTRAS)[number], Extra | undefined>>): Finding[] {
  return EXTRAS.flatMap((key) => {
    const extra = block[key] ?? {};
    return [
      ...Object.keys(extra).flatMap((name) => ownedBy([...path, key, name], name)),
      ...ownThreads([...path, key, 'multi-threading'], extra['multi-threading']),
      ...ownIdentifier([...path, key, 'option-data'], extra['option-data']),
      ...secretsIn([...path, key], extra),
    ];
  });
}

const PLACES = 'the harness decides where each server listens and what it is asked through';
const SUBNETS =
  'the harness makes the subnets and pools of each case: kea.poolLeases and load.relays shape them, and what stands beside them holds for all of them';

/** What the harness must own, by Kea's key. */
const OWNED: Readonly<Record<string, string>> = {
  'interfaces-config': PLACES,
  'control-socket': PLACES,
  'control-sockets': PLACES,
  'lease-database': 'the harness decides on the database of each server; kea.leaseDatabase has its timeouts',
  'server-id': 'the harness gives each server an identifier of its own',
  subnet4: SUBNETS,
  subnet6: SUBNETS,
  'shared-networks': SUBNETS,
  Dhcp4: 'its content is merged into Dhcp4 itself: leave this level out, and take dhcp4Extra',
  Dhcp6: 'its content is merged into Dhcp6 itself: leave this level out, and take dhcp6Extra',
};

/** The keys of `kea` that stand for keys of Kea at its top level. */
const STATED = ['offerLifetime', 'matchClientId', ...Object.keys(ownKeaKeys), ...Object.keys(leaseKeys)];

/** Kea's keys that a key of the scenario states. */
const OWN_KEYS: ReadonlyMap<string, string> = new Map([
  ...STATED.map((name) => [keaKey(name), name] as const),
  ['expired-leases-processing', 'expiredLeases'],
]);

function ownedBy(path: Path, name: string): Finding[] {
  const why = OWNED[name];
  if (why !== undefined) return [cannotBeSet(path, why)];
  const own = OWN_KEYS.get(name);
  return own === undefined ? [] : [hasKeyOfItsOwn(path, own)];
}

const THREADS: Readonly<Record<string, string>> = {
  'enable-multi-threading': 'threads',
  'thread-pool-size': 'threads',
  'packet-queue-size': 'packetQueueSize',
};

function ownThreads(path: Path, block: unknown): Finding[] {
  if (typeof block !== 'object' || block === null) return [];
  return Object.keys(block).flatMap((name) => {
    const own = THREADS[name];
    return own === undefined ? [] : [hasKeyOfItsOwn([...path, name], own)];
  });
}

/** The code of the DHCPv4 server identifier (RFC 2132 section 9.7). */
const SERVER_IDENTIFIER = 54;

function ownIdentifier(path: Path, list: unknown): Finding[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((option: unknown, index) => {
    const { code, name } = (option ?? {}) as { code?: unknown; name?: unknown };
    const isOwn =
      name === 'dhcp-server-identifier' || (code === SERVER_IDENTIFIER && !path.includes('dhcp6Extra'));
    return isOwn ? [cannotBeSet([...path, index], OWNED['server-id'] ?? '')] : [];
  });
}

/** A scenario is stored in every run directory, and a run directory holds no password. */
function secretsIn(path: Path, value: unknown): Finding[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    if (/^(password|secret)$/.test(key))
      return [cannotBeSet(place, 'a scenario is stored in every run directory, and must hold no password')];
    return secretsIn(place, inner);
  });
}

function cannotBeSet(path: Path, why: string): Finding {
  return { path, at: 'key', message: `${path.join('.')} can't be set: ${why}`, hint: 'leave it out' };
}

function hasKeyOfItsOwn(path: Path, own: string): Finding {
  const owner = path.slice(0, path[0] === 'kea' ? 1 : 3);
  const key = owner[0] === 'servers' && !(own in ownKeaKeys) ? `kea.${own}` : [...owner, own].join('.');
  return {
    path,
    at: 'key',
    message: `${path.join('.')} has a key of its own in scenarios, ${key}`,
    suggestion: key,
    hint: `state ${key} instead`,
  };
}
