import { Column } from '../../judgement/fold/columns.js';

/** What may happen to a request besides its first sending and its first answer. A part has the place in this list. */
export const FURTHER = [
  'sent again',
  'another answer',
  'an answer for another client',
  'an answer of another server',
  'an answer that can not be read',
] as const;
export type FurtherKind = (typeof FURTHER)[number];

export interface FurtherEvent {
  /** The place in `FURTHER`. */
  kind: number;
  atUs: number;
  /** The lease that an answer named; -1 for none. */
  lease: number;
}

const NONE: readonly FurtherEvent[] = [];

/** The further events of all requests of a case. Few requests have any, so they are chained by request. */
export class FurtherEvents {
  /** By transaction: the latest event + 1; 0 for none. */
  readonly #heads = new Column(Int32Array);
  /** By event: the one before it + 1. */
  readonly #before = new Column(Int32Array);
  readonly #kinds = new Column(Uint8Array);
  readonly #atUs = new Column(Float64Array);
  readonly #leases = new Column(Int32Array);

  add(transaction: number, kind: FurtherKind, atUs: number, lease = -1): void {
    const event = this.#before.push(this.#heads.get(transaction));
    this.#kinds.set(event, FURTHER.indexOf(kind));
    this.#atUs.set(event, atUs);
    this.#leases.set(event, lease + 1);
    this.#heads.set(transaction, event + 1);
  }

  /** In the order in which they happened. */
  of(transaction: number): readonly FurtherEvent[] {
    if (this.#heads.get(transaction) === 0) return NONE;
    const events: FurtherEvent[] = [];
    for (let next = this.#heads.get(transaction); next > 0; next = this.#before.get(next - 1)) {
      const event = next - 1;
      events.push({
        kind: this.#kinds.get(event),
        atUs: this.#atUs.get(event),
        lease: this.#leases.get(event) - 1,
      });
    }
    return events.reverse();
  }
}
