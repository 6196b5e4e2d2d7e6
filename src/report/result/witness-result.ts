import type { Witness, WitnessResult } from '../../results/witness.js';
import { sharedBy } from './shared-identity.js';

/**
 * A witness in the form of `result.json`: with the names of other cases, and the attributes that its clients share.
 *
 * @param cases the names of all cases, in order
 */
export function witnessResult(witness: Witness, cases: readonly string[]): WitnessResult {
  return withShared({
    ...witness,
    holders: witness.holders.map((holder) => ({
      ...holder,
      ...(holder.caseIndex === undefined ? {} : { case: cases[holder.caseIndex] ?? '' }),
    })),
  });
}

/** Sets the attributes that the clients of a witness share. Called again when identities become known later. */
export function withShared(witness: WitnessResult): WitnessResult {
  const told = { ...witness };
  delete told.shared;
  const shared = sharedBy(witness.holders);
  if (shared.length > 0) told.shared = shared;
  return told;
}
