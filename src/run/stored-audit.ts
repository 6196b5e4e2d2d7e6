import { join } from 'node:path';
import type { AuditInput, NoAudit } from '../analysis/audit/model.js';
import { readLeaseFile } from '../evidence/lease-file.js';
import type { Evidence } from '../evidence/model.js';
import { seenOf } from '../evidence/system.js';

/** The lease tables as a run directory has them. What is missing or damaged is told when it is read: SOURCE. */
export function storedAudit(
  directory: string,
  seed: number,
  evidence: Evidence | undefined,
): AuditInput | NoAudit {
  const system = evidence?.system;
  if (system === undefined) return { notMade: 'the run ended before it read the lease tables' };
  return {
    system,
    seed,
    rows: (node, table) => {
      const leases = system.nodes.find(({ name }) => name === node)?.leases[table];
      const file = leases && seenOf(leases);
      return file === undefined ? [] : readLeaseFile(join(directory, file.file), table, file);
    },
  };
}
