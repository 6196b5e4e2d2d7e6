import type { CaseFigures, PossiblyHeld } from '../../../results/case.js';
import type { Holder, Witness } from '../../../results/witness.js';
import type { CaseState } from '../../fold/case-state.js';
import { WitnessList } from '../../fold/witnesses.js';
import type { StoredFor } from '../../commits/stored-for.js';
import type { Ledger } from '../ledger.js';
import { latestOf } from '../overlap.js';
import { possibleConflicts, type PossibleConflict, type PossibleConflicts } from './possible-conflicts.js';

type ServerNames = (caseIndex: number, server: number) => string;

/** Leases that one client held and another may have held, by case. A conflict counts where its latest holding began. */
export class PossibleFigures {
  readonly #ofCases: readonly { figures: PossiblyHeld; witnesses: WitnessList }[];

  constructor(states: readonly CaseState[], storedFor: StoredFor, serverOf: ServerNames) {
    const found = new Map<Ledger, PossibleConflicts>();
    this.#ofCases = states.map((state) => {
      const { ledger, caseIndex, witnessesPerKind } = state;
      const its =
        found.get(ledger) ??
        possibleConflicts(
          ledger,
          states.filter((other) => other.ledger === ledger),
          storedFor,
        );
      found.set(ledger, its);
      const { holdings } = its;
      const here = its.conflicts.filter((one) => holdings.caseIndex(latestOf(holdings, one)) === caseIndex);
      const witnesses = new WitnessList(witnessesPerKind);
      for (const one of here) witnesses.add('possibly-held', () => describe(state, its, one, serverOf));
      const longest = here.reduce((most, { overlapUs }) => Math.max(most, overlapUs), 0);
      const figures = { leases: here.length, longestOverlapMs: Math.round(longest) / 1_000 };
      return { figures, witnesses };
    });
  }

  /** The figures of a case, and its witnesses with those of these conflicts. */
  addedTo(
    figures: Pick<CaseFigures, 'witnesses' | 'witnessesOmitted'>,
    caseIndex: number,
  ): Pick<CaseFigures, 'possiblyHeld' | 'witnesses' | 'witnessesOmitted'> {
    const its = this.#ofCases[caseIndex];
    if (its === undefined) throw new Error(`there is no case ${caseIndex}`);
    return {
      possiblyHeld: its.figures,
      witnesses: [...figures.witnesses, ...its.witnesses.all()],
      witnessesOmitted: figures.witnessesOmitted + its.witnesses.omitted,
    };
  }
}

function describe(
  { caseIndex, leases }: CaseState,
  { holdings }: Pick<PossibleConflicts, 'holdings'>,
  { lease, within, holdings: concerned, overlapUs }: PossibleConflict,
  serverOf: ServerNames,
): Omit<Witness, 'kind'> {
  return {
    phase: null,
    lease: leases.text(lease),
    otherLease: within === null ? null : leases.text(within),
    overlapMs: Math.round(overlapUs) / 1_000,
    holders: concerned.map((holding): Holder => {
      const until = holdings.untilUs(holding);
      const of = holdings.caseIndex(holding);
      const certainty = holdings.certainty(holding);
      return {
        client: holdings.client(holding),
        ...(of === caseIndex ? {} : { caseIndex: of }),
        server: serverOf(of, holdings.server(holding)),
        lease: leases.text(holdings.lease(holding)),
        fromUs: holdings.fromUs(holding),
        untilUs: until === Infinity ? null : until,
        ...(certainty === 'definite' ? {} : { possible: certainty }),
      };
    }),
  };
}
