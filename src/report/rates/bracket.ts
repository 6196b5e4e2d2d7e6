import type { Trial } from '../limit-schema.js';

/** A rate that was tried. */
export type Tried = Pick<Trial, 'ratePerServer' | 'outcome'>;

/** The rates between which the limit lies. */
export interface Bracket {
  /** The highest rate that held whenever it was tried; undefined where none did. */
  held: number | undefined;
  /** The lowest higher rate that did not hold, for whatever reason; undefined where there is none. */
  notHeld: number | undefined;
  /** The lowest higher rate at which the servers exceeded the limit. Only such a rate bounds the answer above. */
  exceeded: number | undefined;
}

export function bracketOf(tried: readonly Tried[]): Bracket {
  const rates = (are: (one: Tried) => boolean) => tried.filter(are).map(({ ratePerServer }) => ratePerServer);
  const tooHigh = rates(({ outcome }) => outcome === 'exceeded');
  const those = rates(({ outcome, ratePerServer }) => outcome === 'held' && !tooHigh.includes(ratePerServer));
  const held = those.length === 0 ? undefined : Math.max(...those);
  const isAbove = ({ ratePerServer }: Tried) => held === undefined || ratePerServer > held;
  const lowest = (some: readonly number[]) => (some.length === 0 ? undefined : Math.min(...some));
  return {
    held,
    notHeld: lowest(rates((one) => one.outcome !== 'held' && isAbove(one))),
    exceeded: lowest(rates((one) => one.outcome === 'exceeded' && isAbove(one))),
  };
}
