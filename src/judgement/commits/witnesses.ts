import type { NodeCommits } from '../../evidence/commits/evidence.js';
import type { CommitAnswer, CommitChange, CommitFinding } from '../../results/commits.js';
import { leaseText } from '../audit/tables/case-tables.js';
import type { CommitClients } from './clients.js';
import type { Given } from './given.js';
import type { CommitsInput } from './input.js';

/** How many changes of a lease a finding shows of each node. */
const SHOWN_CHANGES = 12;

/** A finding before its changes and answers are looked up. */
export type Found = Pick<CommitFinding, 'kind' | 'lease' | 'detail'>;

/** Adds the changes of the leases on every node, and the answers that gave them. */
export function witnessed(
  found: readonly Found[],
  input: CommitsInput,
  read: readonly NodeCommits[],
  given: readonly Given[],
  clients: CommitClients,
): CommitFinding[] {
  if (found.length === 0) return [];
  const wanted = new Map(found.map(({ lease }) => [lease, [] as CommitChange[]]));
  const through = new Map(input.nodes.map(({ name, serverId }) => [serverId, name]));
  for (const { name } of read) {
    const shown = new Map<string, number>();
    for (const change of input.changes(name)) {
      const lease = leaseText(change.row);
      const its = wanted.get(lease);
      const count = (shown.get(lease) ?? 0) + 1;
      shown.set(lease, count);
      if (its === undefined || count > SHOWN_CHANGES) continue;
      const { kind, afterUs, byUs, row, serverId } = change;
      its.push({
        ...{ node: name, through: through.get(serverId) ?? null, kind, afterUs, byUs },
        ...clients.of(row),
        ...{ state: row.state, expire: row.expire },
      });
    }
  }
  return found.map((one) => ({
    ...one,
    changes: wanted.get(one.lease) ?? [],
    answers: given.filter(({ lease }) => lease === one.lease).map(answerOf),
  }));
}

function answerOf({ caseName, client, server, fromUs, untilUs }: Given): CommitAnswer {
  return { case: caseName, client, server, fromUs, untilUs: Number.isFinite(untilUs) ? untilUs : null };
}
