import type { Gap } from '../../observations/import/gap.js';
import type { Holdings } from './holdings.js';
import type { LeaseIndex } from './leases.js';
import type { Conflict } from './overlap.js';

/** The gaps of a source: when something may have happened that the source does not show. */
export class Gaps {
  /**
   * Gaps of a single moment, in the order of their times. A message that was not read is such a gap. Gaps that last
   * longer are few.
   */
  readonly #moments: readonly Gap[];
  readonly #stretches: readonly Gap[];

  constructor(gaps: readonly Gap[]) {
    this.#moments = gaps
      .filter(({ fromUs, untilUs }) => fromUs === untilUs)
      .sort((one, other) => one.fromUs - other.fromUs);
    this.#stretches = gaps.filter(({ fromUs, untilUs }) => fromUs !== untilUs);
  }

  get isEmpty(): boolean {
    return this.#moments.length + this.#stretches.length === 0;
  }

  /**
   * The text of a gap between these times that may have ended a holding of this client; undefined if there is no such
   * gap.
   */
  between(afterUs: number, beforeUs: number, family: 4 | 6, owner: number): string | undefined {
    const mayBe = (gap: Gap): boolean =>
      (gap.family ?? family) === family && gap.owners?.has(owner) !== false;
    for (let at = this.#firstAfter(afterUs); ; at++) {
      const gap = this.#moments[at];
      if (gap === undefined || gap.fromUs >= beforeUs) break;
      if (mayBe(gap)) return gap.what;
    }
    return this.#stretches.find((gap) => gap.fromUs < beforeUs && gap.untilUs > afterUs && mayBe(gap))?.what;
  }

  #firstAfter(atUs: number): number {
    let [low, high] = [0, this.#moments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#moments[middle]?.fromUs ?? Infinity) > atUs) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/**
 * Conflicts that may be none because of what the source does not show: how many, and what the source does not show.
 */
export interface Unsure {
  count: number;
  what: readonly string[];
}

/** By the figure that counts the conflicts. Conflicts that another case counts are included. */
export type UnsureFigures = Readonly<Record<'heldConcurrently' | 'overlappingLeases', Unsure>>;

export function unsureOf(
  conflicts: readonly Conflict[],
  state: { holdings: Holdings; leases: LeaseIndex },
  gaps: Gaps,
): Unsure {
  const found = gaps.isEmpty ? [] : conflicts.flatMap((one) => whatMayHaveEnded(one, state, gaps) ?? []);
  return { count: found.length, what: [...new Set(found)] };
}

/**
 * A gap that may have ended the earlier holding before the later one began. Undefined where no such gap exists for
 * one pair of holdings: then the conflict is certain.
 */
function whatMayHaveEnded(
  { holdings: concerned, within }: Conflict,
  { holdings, leases }: { holdings: Holdings; leases: LeaseIndex },
  gaps: Gaps,
): string | undefined {
  let what: string | undefined;
  for (const one of concerned)
    for (const other of concerned) {
      const isPair =
        holdings.owner(one) !== holdings.owner(other) &&
        (within === null || (holdings.lease(one) === within) !== (holdings.lease(other) === within));
      if (!isPair) continue;
      const family = leases.isIpv4(holdings.lease(one)) ? 4 : 6;
      // A client certainly holds a lease when the lease is given to it, and when the lease is prolonged.
      for (const earlierUs of [holdings.fromUs(one), holdings.lastAtUs(one)])
        for (const laterUs of [holdings.fromUs(other), holdings.lastAtUs(other)]) {
          if (earlierUs > laterUs || holdings.untilUs(one) <= laterUs) continue;
          const gap = gaps.between(earlierUs, laterUs, family, holdings.owner(one));
          if (gap === undefined) return undefined;
          what ??= gap;
        }
    }
  return what;
}
