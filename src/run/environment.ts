import { familyOf, leaseTypesOf } from '../protocol/cases.js';
import { availableParallelism } from 'node:os';
import type { StartedServer } from '../kea/model.js';
import type { Environment } from '../report/result.js';
import type { Scenario } from '../scenario/schema.js';
import type { PreparedProvider, StartedSystem } from './providers/provider.js';

/** What a run is made with: as the system says itself once it is up, before that as far as it is known. */
export function environmentOf(
  { cluster, kea }: Pick<Scenario, 'cluster' | 'kea'>,
  { versions }: Pick<PreparedProvider, 'versions'>,
  system: StartedSystem | undefined,
): Environment {
  const servers = system?.servers ?? [];
  return {
    kea: {
      version: servers[0]?.version ?? versions.kea,
      ...allocationOf(servers, kea),
      threads: servers[0]?.threads ?? kea.threads ?? 0,
    },
    database: {
      flavor: cluster.flavor,
      version: system?.cluster.version ?? versions.database,
      // What a running node says is nearer than what its package is called; of Percona nothing is known before.
      wsrepProvider: system?.cluster.wsrepProvider || versions.wsrepProvider,
      settings: system?.cluster.settings ?? {},
    },
    node: process.version,
    cpus: availableParallelism(),
  };
}

type Allocation = Pick<Environment['kea'], 'allocator' | 'pdAllocator' | 'offerLifetime'>;

/** Each by a server that uses it; empty or null where none does, or none could be asked. */
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
