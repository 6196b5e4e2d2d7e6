import { familyOf, leaseTypesOf } from '../protocol/cases.js';
import { availableParallelism } from 'node:os';
import type { StartedServer } from '../kea/started-server.js';
import type { Environment } from '../results/result.js';
import { versionsOf } from '../providers/start-servers.js';
import type { Scenario } from '../scenario/schema.js';
import type { PreparedProvider, StartedSystem } from '../providers/provider.js';

/**
 * The versions and settings of a run: as the system itself reports them once it is up, before that as far as known.
 */
export function environmentOf(
  { cluster, kea }: Pick<Scenario, 'cluster' | 'kea'>,
  { versions }: Pick<PreparedProvider, 'versions'>,
  system: StartedSystem | undefined,
): Environment {
  const servers = system?.servers ?? [];
  return {
    kea: {
      version: versionsOf(servers) || versions.kea,
      ...allocationOf(servers, kea),
      threads: servers[0]?.threads ?? kea.threads ?? 0,
    },
    database: {
      flavor: cluster.flavor,
      version: system?.cluster.version ?? versions.database,
      // A running node's own version is more exact than its package's. For Percona no version is known before the
      // start.
      wsrepProvider: system?.cluster.wsrepProvider || versions.wsrepProvider,
      settings: system?.cluster.settings ?? {},
    },
    proxy: versions.proxy ?? null,
    node: process.version,
    cpus: availableParallelism(),
  };
}

type Allocation = Pick<Environment['kea'], 'allocator' | 'pdAllocator' | 'offerLifetime'>;

/**
 * Takes each setting from a server that uses it. Where no server uses it, or none could be asked, takes the
 * scenario's value, else empty or null.
 */
function allocationOf(servers: readonly StartedServer[], stated: Scenario['kea']): Allocation {
  const said = (uses: (kind: StartedServer['kind']) => boolean) =>
    servers.find(({ kind, allocation }) => allocation !== undefined && uses(kind))?.allocation;
  const ofAddresses = said((kind) => leaseTypesOf(kind).includes('address')) ?? said(() => true);
  const ofPrefixes = said((kind) => leaseTypesOf(kind).includes('prefix'));
  return {
    allocator: ofAddresses?.allocator ?? stated.allocator ?? '',
    pdAllocator: ofPrefixes?.pdAllocator ?? stated.pdAllocator ?? null,
    offerLifetime: said((kind) => familyOf(kind) === 4)?.offerLifetime ?? stated.offerLifetime ?? null,
  };
}
