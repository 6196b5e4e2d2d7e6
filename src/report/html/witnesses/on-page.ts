import type { WitnessOfCase } from '../input.js';

/** The most witnesses on a page, which stays under 1 MB with them. `witnesses.jsonl` has all that were kept. */
export const WITNESSES_ON_PAGE = 300;

/**
 * The witnesses for the page, in their order. Each kind of each case has the same share, and what one leaves over goes
 * to the others, so that thousands of one kind never hide a graver one.
 */
export function witnessesOnPage(
  witnesses: readonly WitnessOfCase[],
  limit = WITNESSES_ON_PAGE,
): WitnessOfCase[] {
  const left = new Map<string, number>();
  for (const one of witnesses) left.set(groupOf(one), (left.get(groupOf(one)) ?? 0) + 1);
  const shares = new Map<string, number>();
  let free = limit;
  const smallestFirst = [...left].sort(([, a], [, b]) => a - b);
  for (const [i, [group, number]] of smallestFirst.entries()) {
    const share = Math.min(number, Math.floor(free / (smallestFirst.length - i)));
    shares.set(group, share);
    free -= share;
  }
  return witnesses.filter((one) => {
    const share = shares.get(groupOf(one)) ?? 0;
    shares.set(groupOf(one), share - 1);
    return share > 0;
  });
}

function groupOf({ case: own, kind }: WitnessOfCase): string {
  return `${kind} ${own}`;
}
