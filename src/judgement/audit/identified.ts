import type { Witness } from '../../results/witness.js';
import type { Audited } from './audit.js';

/** Adds the identities of the clients, and the rows of the leases on every node. */
export function identified(witnesses: readonly Witness[], caseIndex: number, audited: Audited): Witness[] {
  return witnesses.map((witness) => ({
    ...witness,
    ...(witness.lease === ''
      ? {}
      : { rows: [witness.lease, witness.otherLease ?? []].flat().flatMap((lease) => audited.rowsOf(lease)) }),
    holders: witness.holders.map((holder) => ({
      ...holder,
      identity: audited.identityOf(holder.caseIndex ?? caseIndex, holder.client),
    })),
  }));
}
