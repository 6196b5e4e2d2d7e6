import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import type { NodeCommits } from '../../evidence/commits/evidence.js';
import type { LeaseRow } from '../../results/audit.js';

/** What the commit history is judged from, besides the observations. */
export interface CommitsInput {
  nodes: readonly NodeCommits[];
  /** Goes once over the changes that a node has committed, in their order. It is called as often as needed. */
  changes: (node: string) => Iterable<LeaseChange>;
}

/** Kea's state of a lease that a client has (Kea manual, "lease4-get"). */
export const ASSIGNED = 0;

/** Whom a row gives the lease to: the client identifier or else the hardware address; the DUID and the IAID. */
export function ownerOf({ clientIdentifier, hardwareAddress, duid, iaid }: LeaseRow): string {
  return duid === null ? (clientIdentifier ?? hardwareAddress ?? '') : `${duid} ${iaid ?? ''}`;
}

/** Two changes of a lease are the same commit if they agree in this. */
export function signatureOf({ kind, serverId, row }: LeaseChange): string {
  return `${kind} ${serverId} ${row.state} ${row.expire ?? ''} ${row.validLifetime} ${ownerOf(row)}`;
}
