import type { Outcome } from '../../results/run-outcome.js';
import type { Trial } from '../limit-schema.js';
import { ratio } from '../words/numbers.js';

/** The words for what a rate came to. Terminal, page, summary and the outcome of its run use the same ones. */

/** The outcomes that only a run of a search for a rate has. */
export const RATE_ONLY = ['not held', 'not driven', "can't tell"] as const satisfies readonly Outcome[];

/** Whether a run has this outcome only as a rate of a search. Its checks are no complaint: the search says what it means. */
export function isOfRate(outcome: Outcome): boolean {
  return RATE_ONLY.some((one) => one === outcome);
}

/** The outcome of a run by that of its rates, of which one at least did not hold. */
export function outcomeOfRate(trials: readonly Pick<Trial, 'outcome'>[]): (typeof RATE_ONLY)[number] {
  const is = (word: Trial['outcome']) => trials.some(({ outcome }) => outcome === word);
  return is('exceeded') ? 'not held' : is('not driven') ? 'not driven' : "can't tell";
}

export const RATE_WORDS: Readonly<Record<Trial['outcome'], string>> = {
  held: 'holds',
  exceeded: 'not held',
  'not driven': 'not driven',
  "can't tell": "can't tell",
};

/**
 * Whether too little CPU was left for the run, whatever used it. A CPU that was short at its peak alone is not enough. A
 * file of an older version tells no more than that.
 */
export function isBusy({ short, busy }: Pick<Trial, 'short' | 'busy'>): boolean {
  const isShort = (what: Trial['short'][number]['resource']) =>
    short.some(({ resource }) => resource === what);
  return (busy ?? isShort('cpu')) || isShort('harness');
}

/** Such as `47.6/s`. */
export function perSecond(value: number): string {
  return `${ratio(value)}/s`;
}

/** Such as `at 100/s it can't be told: the machine was busy`. */
export function openText(trial: Trial): string {
  const why = isBusy(trial) ? 'the machine was busy' : trial.why;
  const what = trial.outcome === 'not driven' ? 'the load was not driven' : "it can't be told";
  return `at ${perSecond(trial.ratePerServer)} ${what}: ${why}`;
}
