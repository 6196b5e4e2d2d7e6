/**
 * The timeline of exchanges: all requests of a run from its journal, counted in bins of time and listed in parts. The
 * page loads the parts when a reader looks at single requests, so it never holds all of them.
 */
import { Column } from '../../judgement/fold/columns.js';
import { timeOf, type Layout, type Observation } from '../../observations/observation.js';
import { PHASES } from '../../protocol/phases.js';
import { CaseRequests } from './case-requests.js';

/** A request, by its case and its number in the case. */
export interface RequestRef {
  caseIndex: number;
  transaction: number;
}

/** An answer to no known request. */
export interface Unmatched {
  caseIndex: number;
  server: number;
  /** The place of the phase in `PHASES`. */
  phase: number;
  atUs: number;
}

/** All requests of a run, from one pass over its observations. It keeps no observation. */
export class RunRequests {
  readonly cases: readonly CaseRequests[];
  /** When the first request began and the last thing happened, microseconds of the run; 0 for a run without requests. */
  fromUs = 0;
  untilUs = 0;
  /** The requests in the order in which they began. */
  readonly #cases = new Column(Uint8Array);
  readonly #transactions = new Column(Int32Array);
  /** Four values for each unmatched answer, in the order of the fields of `Unmatched`. */
  readonly #unmatched = new Column(Float64Array);

  constructor({ cases }: Layout, observations: Iterable<Observation>) {
    this.cases = cases.map((one) => new CaseRequests(one));
    for (const observation of observations) this.#add(observation);
  }

  get count(): number {
    return this.#transactions.length;
  }

  *inOrder(): Generator<RequestRef> {
    for (let index = 0; index < this.count; index++)
      yield { caseIndex: this.#cases.get(index), transaction: this.#transactions.get(index) };
  }

  *unmatched(): Generator<Unmatched> {
    const values = this.#unmatched.view();
    for (let at = 0; at + 3 < values.length; at += 4) {
      const [caseIndex = 0, server = 0, phase = 0, atUs = 0] = values.subarray(at, at + 4);
      yield { caseIndex, server, phase, atUs };
    }
  }

  #add(observation: Observation): void {
    const { caseIndex, transaction } = observation;
    const requests = this.cases[caseIndex];
    if (requests === undefined) return;
    if (observation.type === 'answer') {
      this.untilUs = Math.max(this.untilUs, observation.receivedAtUs);
      if (observation.kind === 'unmatched' || !requests.has(transaction)) {
        const { fromServer, phase, receivedAtUs } = observation;
        for (const value of [caseIndex, fromServer, PHASES.indexOf(phase), receivedAtUs])
          this.#unmatched.push(value);
        return;
      }
    } else if (transaction < 0 || (observation.type === 'timeout' && !requests.has(transaction))) return;
    else this.untilUs = Math.max(this.untilUs, timeOf(observation));
    if (!requests.add(observation)) return;
    if (this.count === 0) this.fromUs = timeOf(observation);
    const index = this.#transactions.push(transaction);
    this.#cases.set(index, caseIndex);
  }
}
