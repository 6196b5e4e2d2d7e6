import type { Limit, Trial } from '../report/limit-schema.js';
import type { Suite } from '../report/suite-result.js';
import { bracketOf } from '../report/rates/bracket.js';
import { openText, perSecond } from '../report/rates/words.js';
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

/**
 * Whether the next rate above the highest that held says nothing about the servers, in any case. The answer is not whole
 * then, and its look says so.
 */
export function isAnswerOpen(suite: Limited): boolean {
  return limitsOf(suite).some((one) => {
    const { notHeld, exceeded } = bracketOf(one.trials);
    return notHeld !== undefined && notHeld !== exceeded;
  });
}

/** For each limit, such as `dhcp4 holds 50/s; at 100/s it can't be told: the machine was busy`. */
export function caseAnswers(suite: Limited): string[] {
  return limitsOf(suite).map(({ cases, trials }) => {
    const { held, notHeld, exceeded } = bracketOf(trials);
    const at = (value: number | undefined) => trials.find(({ ratePerServer }) => ratePerServer === value);
    const [next, above] = [at(notHeld), at(exceeded)];
    const name = cases.join(', ');
    const holds = cases.length === 1 ? `${name} holds` : `${name} side by side hold`;
    if (trials.length === 0) return `${name}: no rate was tried`;
    const found = held === undefined ? `${holds} no rate that was tried` : `${holds} ${perSecond(held)}`;
    if (next === undefined) return `${found}, the highest rate that was tried`;
    if (next === above) return `${found}, not ${perSecond(next.ratePerServer)}: ${next.why}`;
    const known = above === undefined ? '' : `; ${perSecond(above.ratePerServer)} is not held: ${above.why}`;
    return `${held === undefined ? `${name}:` : `${found};`} ${openText(next)}${known}`;
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
