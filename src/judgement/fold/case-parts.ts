import type { Answer, CaseLayout } from '../../observations/observation.js';
import type { Grant, Holdings } from '../holdings/holdings.js';
import type { LeaseIndex } from '../holdings/leases.js';
import type { Transactions } from './transactions.js';
import type { WitnessList } from './witnesses.js';

/** A reference to a client as observations have it: bindings are absent where a source tells no finer than by client. */
export interface HolderRef {
  client: number;
  holder?: number | undefined;
  owner?: number | undefined;
}

/** The parts of a case's state that the judgement of single answers needs; `CaseState` has them all. */
export interface CaseParts {
  readonly layout: CaseLayout;
  /** The number of the case in the layout. */
  readonly caseIndex: number;
  readonly transactions: Transactions;
  readonly leases: LeaseIndex;
  readonly holdings: Holdings;
  /** The witnesses that a single answer shows. */
  readonly witnesses: WitnessList;
  /** What faults explain; absent in a run without faults. */
  readonly duringFaults:
    { renewalRefused: (answer: Omit<Answer, 'lease'>, leases: readonly number[]) => boolean } | undefined;
  /** The binding that an observation is about, and the client (numbered over all cases) whose binding it is. */
  holderOf: (ref: HolderRef) => Pick<Grant, 'holder' | 'owner'>;
}
