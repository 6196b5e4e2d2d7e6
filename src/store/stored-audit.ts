import { join } from 'node:path';
import type { AuditInput, NoAudit } from '../judgement/audit/input.js';
import { checkLeaseFile, readLeaseFile } from '../evidence/lease-file.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Scenario } from '../scenario/schema.js';
import { readStoredList } from '../scenario/client-list/stored-list.js';
import { STORED, type StoredFacts } from './stored-files.js';
import { LEASE_TABLES, seenOf } from '../evidence/system.js';

/**
 * Returns the lease tables that a run directory stores. The rows of nodes with equal tables are read once, but every
 * file is checked: what the audit says about a node must be what that node's file holds.
 *
 * @param scenario what it says of servers and clients
 * @throws HarnessError SOURCE where a file is missing or damaged
 */
export function storedAudit(
  directory: string,
  { seed, clientsDigest }: Pick<StoredFacts, 'seed' | 'clientsDigest'>,
  evidence: Evidence | undefined,
  { cases, kea, load }: Pick<Scenario, 'cases' | 'kea' | 'load'>,
): AuditInput | NoAudit {
  const system = evidence?.system;
  if (system === undefined) return { notMade: 'the run ended before it read the lease tables' };
  for (const { leases } of system.nodes) {
    for (const table of LEASE_TABLES) {
      const file = seenOf(leases[table]);
      if (file !== undefined) checkLeaseFile(join(directory, file.file), file);
    }
  }
  return {
    system,
    seed,
    ...(load.clientsFrom === undefined
      ? {}
      : { listed: readStoredList(join(directory, STORED.clients), cases, clientsDigest) }),
    perMachine: load.identitiesPerMachine,
    offerLifetime: kea.offerLifetime,
    matchClientId: kea.matchClientId,
    doubledAnswers: new Map(
      evidence?.faults?.clientLinks?.map(({ server, toClients }) => [server, toClients.doubled]),
    ),
    rows: (node, table) => {
      const leases = system.nodes.find(({ name }) => name === node)?.leases[table];
      const file = leases && seenOf(leases);
      return file === undefined ? [] : readLeaseFile(join(directory, file.file), table, file);
    },
  };
}
