import type { Limit, Trial } from '../report/limit-schema.js';
import { meaningOf, type Outcome } from '../results/run-outcome.js';
import type { Suite } from '../report/suite-result.js';
import { bracketOf } from '../report/rates/bracket.js';
import { openText, perSecond, RATE_ONLY } from '../report/rates/words.js';
import { ratio } from '../report/words/numbers.js';

type Limited = Pick<Suite, 'limit' | 'limits'>;

/** The answer of a suite that searches for the highest rate. It heads the reports of the suite. */

/**
 * The limits that a suite found. `find-limit` has one for all cases together, a suite with `highestRate` has one for
 * each case. Empty for other suites.
 */
export function limitsOf({ limit, limits = [] }: Limited): Limit[] {
  return limit === undefined ? limits : [limit];
}

/**
 * Such as `47.6 a second on each server`, or `dhcp4 100, dhcp6-ia-na at least 50 a second on each server`. Undefined for
 * a suite without limits.
 */
export function answerHead(suite: Limited): string | undefined {
  const limits = limitsOf(suite);
  const [first] = limits;
  if (first === undefined) return undefined;
  if (limits.every((one) => bracketOf(one.trials).held === undefined)) return noneText(limits);
  const rates = limits.map(rateText);
  const isSame = new Set(rates).size === 1;
  const each = isSame
    ? (rates[0] ?? '')
    : limits.map(({ cases }, index) => `${cases.join('+')} ${rates[index] ?? ''}`).join(', ');
  return `${each} a second on each server`;
}

/** The same in a few characters, above sentences that tell it case by case. Such as `100 to 200/s`. */
export function shortAnswer(suite: Limited): string | undefined {
  const limits = limitsOf(suite);
  if (limits.length === 0) return undefined;
  const rates = limits.map(({ trials }) => bracketOf(trials).held ?? 0);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  if (most === 0) return noneText(limits);
  const texts = new Set(limits.map(rateText));
  return texts.size === 1
    ? `${[...texts].join('')}/s`
    : [...new Set([ratio(least), perSecond(most)])].join(' to ');
}

function noneText(limits: readonly Limit[]): string {
  const trials = limits.flatMap((one) => one.trials);
  if (trials.length === 0) return 'No rate was tried';
  return trials.some(({ outcome }) => outcome === 'exceeded') ? 'No rate held' : 'No rate can be told';
}

/** Only a rate that exceeded the limit bounds it above: without one next to it, the highest is `at least` that. */
function rateText({ trials }: Limit): string {
  const { held, notHeld, exceeded } = bracketOf(trials);
  if (held === undefined) return 'none';
  return notHeld !== undefined && notHeld === exceeded ? ratio(held) : `at least ${ratio(held)}`;
}

type Searched = Limited & Pick<Suite, 'runs'>;

/**
 * Whether the answer is not whole in any case, which its look says: no rate held, the next rate above the highest that held
 * says nothing about the servers, a lower rate did not hold, or the run at the highest rate does not vouch for it.
 */
export function isAnswerOpen(suite: Searched): boolean {
  return limitsOf(suite).some(({ trials }) => {
    const { held, notHeld, exceeded } = bracketOf(trials);
    return (
      held === undefined ||
      (notHeld !== undefined && notHeld !== exceeded) ||
      lowerExceeded(trials, held) !== undefined ||
      doubtOf(suite, trials, held) !== undefined
    );
  });
}

/** Of figures, or of another case at the same rate. */
const SAY_NOTHING: readonly Outcome[] = [...RATE_ONLY, 'not comparable', 'not reproduced'];

/**
 * Why the run at a rate does not vouch for it. A rate holds by its answers in time. Whether its leases are right is a question of
 * the checks of its run.
 */
function doubtOf({ runs }: Searched, trials: readonly Trial[], rate: number | undefined): string | undefined {
  const doubts = trials
    .filter(({ ratePerServer, outcome }) => ratePerServer === rate && outcome === 'held')
    .map(({ run, open }) => {
      const its = runs.find(({ name }) => name === run);
      if (its === undefined) return `there is no run ${run}`;
      if (meaningOf(its.outcome).light === 'good' || SAY_NOTHING.includes(its.outcome)) return undefined;
      if (its.outcome !== 'inconclusive') return `that run: ${its.outcome}`;
      return `a check of that run can't tell${open === undefined ? '' : `: ${open}`}`;
    });
  // A rate may have been tried again. One good run vouches for it.
  return doubts.includes(undefined) ? undefined : doubts[0];
}

/** A lower rate at which the servers exceeded the limit: then a higher one that held says less. */
function lowerExceeded(trials: readonly Trial[], held: number | undefined): Trial | undefined {
  return trials.find(({ outcome, ratePerServer }) => outcome === 'exceeded' && ratePerServer < (held ?? 0));
}

/** The trial of a rate; of several, the one that did not hold. */
function trialAt(trials: readonly Trial[], rate: number | undefined): Trial | undefined {
  const those = trials.filter(({ ratePerServer }) => ratePerServer === rate);
  return those.find(({ outcome }) => outcome === 'exceeded') ?? those[0];
}

/** For each limit, such as `dhcp4 holds 50/s; at 100/s it can't be told: the machine was busy`. */
export function caseAnswers(suite: Searched): string[] {
  return limitsOf(suite).map(({ cases, trials }) => {
    const { held, notHeld, exceeded } = bracketOf(trials);
    const [next, above] = [trialAt(trials, notHeld), trialAt(trials, exceeded)];
    const name = cases.join(', ');
    const holds = cases.length === 1 ? `${name} holds` : `${name} side by side hold`;
    if (trials.length === 0) return `${name}: no rate was tried`;
    const doubt = doubtOf(suite, trials, held);
    const lower = lowerExceeded(trials, held);
    const less =
      lower === undefined ? '' : `; but ${perSecond(lower.ratePerServer)} is not held: ${lower.why}`;
    const found =
      held === undefined
        ? `${holds} no rate that was tried`
        : `${holds} ${perSecond(held)}${doubt === undefined ? '' : ` (${doubt})`}`;
    if (next === undefined) return `${found}, the highest rate that was tried${less}`;
    if (next === above) return `${found}, not ${perSecond(next.ratePerServer)}: ${next.why}${less}`;
    const known = above === undefined ? '' : `; ${perSecond(above.ratePerServer)} is not held: ${above.why}`;
    return `${held === undefined ? `${name}:` : `${found};`} ${openText(next)}${known}${less}`;
  });
}

/** The answer in sentences. */
export function answerSentences(suite: Limited): string[] {
  return limitsOf(suite).flatMap(({ answer }) => answer);
}

/** The trials of a limit, from the lowest rate to the highest. */
export function risingTrials({ trials }: Limit): Trial[] {
  return [...trials].sort((a, b) => a.ratePerServer - b.ratePerServer);
}
