import { keaKey } from '../kea-key.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import type { Scenario } from '../schema.js';
import { leaseKeys } from '../schema/kea-leases.js';
import { ownKeaKeys } from '../schema/kea-own.js';
import { cannotBeSet } from './extra-refusal.js';
import { ownAnywhere, SERVER_ID } from './extra-anywhere.js';
import { mixedOptions } from './extra-options.js';

/** What `extra` may not hold, and why: what the harness must own, and what a scenario states with a key of its own. */
export function findExtraContradictions({ kea, servers = [] }: Scenario): Finding[] {
  return [
    ...inExtras(['kea'], kea),
    ...servers.flatMap(({ kea: own = {} }, index) => inExtras(['servers', index, 'kea'], own)),
    ...mixedOptions(kea, servers),
  ];
}

export const EXTRAS = ['extra', 'dhcp4Extra', 'dhcp6Extra'] as const;

type Extra = Readonly<Record<string, unknown>>;

function inExtras(path: Path, block: Partial<Record<(typeof EXTRAS)[number], Extra | undefined>>): Finding[] {
  return EXTRAS.flatMap((key) => {
    const extra = block[key] ?? {};
    return [
      ...Object.keys(extra).flatMap((name) => ownedBy([...path, key, name], name)),
      ...ownThreads([...path, key, 'multi-threading'], extra['multi-threading']),
      ...ownAnywhere([...path, key], extra),
    ];
  });
}

const PLACES = 'the harness decides where each server listens and what it is asked through';
const SUBNETS =
  'the harness makes the subnets and pools of each case: kea.poolLeases and load.relays shape them, and what stands beside them holds for all of them';

const TIMES = 'rules and checks must know T1 and T2, which kea.renewTimer and kea.rebindTimer state';
const RESERVATIONS = 'kea.reservedClients puts host reservations into the database of the leases';

/** What the harness must own, by Kea's key. */
const OWNED: Readonly<Record<string, string>> = {
  'interfaces-config': PLACES,
  'control-socket': PLACES,
  'control-sockets': PLACES,
  'lease-database': 'the harness decides on the database of each server; kea.leaseDatabase has its timeouts',
  'hosts-database': RESERVATIONS,
  'hosts-databases': RESERVATIONS,
  'calculate-tee-times': TIMES,
  't1-percent': TIMES,
  't2-percent': TIMES,
  'config-control': 'each server has the whole configuration that the run directory holds',
  'server-id': SERVER_ID,
  subnet4: SUBNETS,
  subnet6: SUBNETS,
  'shared-networks': SUBNETS,
  Dhcp4: 'its content is merged into Dhcp4 itself: state it in dhcp4Extra, without this level',
  Dhcp6: 'its content is merged into Dhcp6 itself: state it in dhcp6Extra, without this level',
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
