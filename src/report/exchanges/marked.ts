import type { WitnessKind } from '../../results/witness.js';
import type { WitnessOfCase } from '../html/input.js';
import type { CaseRequests } from './case-requests.js';

/** Above every client number of a case. */
const CLIENTS = 2 ** 24;

/** Times of witnesses went through JSON and may differ in their last digits. */
const SAME_US = 1;

interface Mark {
  kind: WitnessKind;
  atUs: number;
}

/** The witnesses of a run, by the requests that they name. */
export class Marked {
  /** By case and client. */
  readonly #marks = new Map<number, Mark[]>();

  /** @param caseNames in the order of the journal's layout */
  constructor(
    witnesses: readonly Pick<WitnessOfCase, 'case' | 'kind' | 'holders'>[],
    caseNames: readonly string[],
  ) {
    for (const { case: own, kind, holders } of witnesses) {
      for (const { case: other, client, fromUs } of holders) {
        const caseIndex = caseNames.indexOf(other ?? own);
        if (caseIndex === -1 || fromUs === null) continue;
        const key = caseIndex * CLIENTS + client;
        const marks = this.#marks.get(key);
        if (marks === undefined) this.#marks.set(key, [{ kind, atUs: fromUs }]);
        else marks.push({ kind, atUs: fromUs });
      }
    }
  }

  /** The kinds of witnesses whose time is that of the request's first sending or of its answer. */
  of(caseIndex: number, requests: CaseRequests, transaction: number): WitnessKind[] {
    const marks = this.#marks.get(caseIndex * CLIENTS + requests.client(transaction));
    if (marks === undefined) return [];
    const times = [requests.sentAtUs(transaction), requests.endedAtUs(transaction) ?? NaN];
    const found = marks.filter(({ atUs }) => times.some((time) => Math.abs(time - atUs) <= SAME_US));
    return [...new Set(found.map(({ kind }) => kind))];
  }
}
