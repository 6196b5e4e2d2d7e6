import type { Certainty, KnownHoldings } from './holdings.js';

/**
 * Which pairs of holdings are looked for: two that their clients know of, or two of which at most one client knows. Of
 * two requests that nobody answered nothing is known.
 */
export type Pairs = 'definite' | 'possible';

export function arePossible(one: Certainty, other: Certainty): boolean {
  return one !== other || one === 'late';
}

const CERTAINTIES = ['definite', 'late', 'unanswered'] as const satisfies readonly Certainty[];

/** Finds, for holdings in the order in which they begin, an earlier one that another client still has. */
export class Rivals {
  readonly #holdings: KnownHoldings;
  readonly #pairs: Pairs;
  readonly #before: Readonly<Record<Certainty, LongestHoldings>>;

  constructor(holdings: KnownHoldings, pairs: Pairs) {
    this.#holdings = holdings;
    this.#pairs = pairs;
    const none = (): LongestHoldings => new LongestHoldings(holdings);
    this.#before = { definite: none(), late: none(), unanswered: none() };
  }

  /** @returns another client's holding that hasn't ended when `holding` begins, or -1 */
  rivalOf(holding: number): number {
    const certainty = this.#holdings.certainty(holding);
    if (this.#pairs === 'definite')
      return certainty === 'definite' ? this.#before.definite.rivalOf(holding) : -1;
    const rivals = CERTAINTIES.filter((other) => arePossible(certainty, other)).map((other) =>
      this.#before[other].rivalOf(holding),
    );
    const ends = (rival: number): number => (rival < 0 ? -Infinity : this.#holdings.untilUs(rival));
    return rivals.reduce((longest, rival) => (ends(rival) > ends(longest) ? rival : longest), -1);
  }

  add(holding: number): void {
    this.#before[this.#holdings.certainty(holding)].add(holding);
  }
}

/**
 * Of the holdings seen so far: the one that ends last, and the one that ends last among the holdings of other
 * clients. These two suffice to tell whether the next holding meets another client's.
 */
class LongestHoldings {
  readonly #holdings: KnownHoldings;
  #longest = -1;
  #longestOfOthers = -1;

  constructor(holdings: KnownHoldings) {
    this.#holdings = holdings;
  }

  /** @returns another client's holding that hasn't ended when `holding` begins, or -1 */
  rivalOf(holding: number): number {
    if (this.#holdings.isDoubtful(holding)) return -1;
    const owner = this.#holdings.owner(holding);
    const rival =
      this.#longest >= 0 && this.#holdings.owner(this.#longest) === owner
        ? this.#longestOfOthers
        : this.#longest;
    return rival >= 0 && this.#holdings.untilUs(rival) > this.#begins(holding) ? rival : -1;
  }

  add(holding: number): void {
    const owner = this.#holdings.owner(holding);
    if (this.#longest < 0) {
      this.#longest = holding;
    } else if (this.#holdings.owner(this.#longest) === owner) {
      if (this.#endsLater(holding, this.#longest)) this.#longest = holding;
    } else if (this.#endsLater(holding, this.#longest)) {
      this.#longestOfOthers = this.#longest;
      this.#longest = holding;
    } else if (this.#longestOfOthers < 0 || this.#endsLater(holding, this.#longestOfOthers)) {
      this.#longestOfOthers = holding;
    }
  }

  #begins(holding: number): number {
    return this.#holdings.fromUs(holding);
  }

  #endsLater(holding: number, than: number): boolean {
    return this.#holdings.untilUs(holding) > this.#holdings.untilUs(than);
  }
}
