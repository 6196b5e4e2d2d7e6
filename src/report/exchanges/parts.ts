import { OUTCOMES } from '../../results/outcomes.js';
import type { CaseRequests } from './case-requests.js';
import type { Marked } from './marked.js';
import type { RequestRef, RunRequests } from './run-requests.js';
import type { SeriesIndex } from './series.js';

/** Some 200 kB: a browser reads it in a few hundredths of a second, also from a slow disk. */
const REQUESTS_A_PART = 5_000;

/**
 * The most requests with a part. Two million take some 80 MB in 400 files, which is a quarter of what their journal
 * takes. The bins have the requests beyond that too.
 */
export const MOST_REQUESTS = 2_000_000;

/** A list of values for some of a part's requests, each with the place of the request in the part. */
type Sparse<T extends readonly unknown[]> = (readonly [request: number, ...T])[];

/** Requests that follow each other, column by column. Times are whole microseconds. */
export interface Part {
  /** When the first of them began, in the time of the run. */
  from: number;
  series: number[];
  /** Since the one before began. */
  begin: number[];
  /** Until the answer or the timeout; -1 for a request whose time was not up. */
  took: number[];
  /** The places in `OUTCOMES`. */
  outcome: number[];
  client: number[];
  attempt: number[];
  /** The places in `leases` + 1; 0 for none. */
  lease: number[];
  leases: string[];
  /** A second lease in the same answer: its place in `leases`. */
  second: Sparse<[lease: number]>;
  reasons: Sparse<[why: string]>;
  /** Requests whose lease went to another client too. */
  shared: number[];
  witnessed: Sparse<string[]>;
  /** The place in `FURTHER`, the time since the request began, and the place of the lease in `leases` or -1. */
  further: Sparse<[kind: number, after: number, lease: number]>;
}

/** What the page knows of a part before it loads it. */
export interface PartRef {
  from: number;
  /** When the last of its requests ended, in the time of the run. */
  until: number;
  /** When the last of its requests began. */
  last: number;
  requests: number;
}

/** Makes the parts of a run one after the other, up to `most` requests. */
export function* partsOf(
  requests: RunRequests,
  series: SeriesIndex,
  marked: Marked,
  most = MOST_REQUESTS,
  aPart = REQUESTS_A_PART,
): Generator<{ ref: PartRef; part: Part }> {
  let building: PartBuilder | undefined;
  let made = 0;
  for (const ref of requests.inOrder()) {
    if (made++ === most) break;
    building ??= new PartBuilder(requests, series, marked);
    building.add(ref);
    if (building.requests < aPart) continue;
    yield building.built();
    building = undefined;
  }
  if (building !== undefined) yield building.built();
}

class PartBuilder {
  readonly #requests: RunRequests;
  readonly #series: SeriesIndex;
  readonly #marked: Marked;
  readonly #leases = new Map<string, number>();
  readonly #part: Part = {
    from: 0,
    series: [],
    begin: [],
    took: [],
    outcome: [],
    client: [],
    attempt: [],
    lease: [],
    leases: [],
    second: [],
    reasons: [],
    shared: [],
    witnessed: [],
    further: [],
  };
  #lastUs = 0;
  #untilUs = 0;

  constructor(requests: RunRequests, series: SeriesIndex, marked: Marked) {
    this.#requests = requests;
    this.#series = series;
    this.#marked = marked;
  }

  get requests(): number {
    return this.#part.series.length;
  }

  built(): { ref: PartRef; part: Part } {
    const part = { ...this.#part, leases: [...this.#leases.keys()] };
    return {
      ref: { from: part.from, until: this.#untilUs, last: this.#lastUs, requests: this.requests },
      part,
    };
  }

  add({ caseIndex, transaction }: RequestRef): void {
    const its = this.#requests.cases[caseIndex];
    if (its === undefined) return;
    const part = this.#part;
    const number = this.requests;
    const beganUs = Math.round(its.sentAtUs(transaction));
    const endedUs = its.endedAtUs(transaction);
    if (number === 0) part.from = this.#lastUs = beganUs;
    part.series.push(this.#series.placeOf(caseIndex, its.server(transaction), its.phase(transaction)));
    part.begin.push(beganUs - this.#lastUs);
    part.took.push(endedUs === undefined ? -1 : Math.max(0, Math.round(endedUs) - beganUs));
    part.outcome.push(OUTCOMES.indexOf(its.outcome(transaction)));
    part.client.push(its.client(transaction));
    part.attempt.push(its.attempt(transaction));
    const [lease, second] = its.leasesOf(transaction);
    part.lease.push(lease === undefined ? 0 : this.#lease(its, lease) + 1);
    if (second !== undefined) part.second.push([number, this.#lease(its, second)]);
    const reason = its.reason(transaction);
    if (reason !== '') part.reasons.push([number, reason]);
    if (its.isShared(transaction)) part.shared.push(number);
    const witnessed = this.#marked.of(caseIndex, its, transaction);
    if (witnessed.length > 0) part.witnessed.push([number, ...witnessed]);
    for (const { kind, atUs, lease: other } of its.further.of(transaction))
      part.further.push([number, kind, Math.round(atUs) - beganUs, other < 0 ? -1 : this.#lease(its, other)]);
    this.#lastUs = beganUs;
    this.#untilUs = Math.max(this.#untilUs, Math.round(endedUs ?? this.#requests.untilUs));
  }

  #lease({ leases }: CaseRequests, lease: number): number {
    const text = leases.text(lease);
    const known = this.#leases.get(text);
    if (known !== undefined) return known;
    this.#leases.set(text, this.#leases.size);
    return this.#leases.size - 1;
  }
}
