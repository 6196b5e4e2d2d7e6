import type { Limit, Trial } from '../report/limit-schema.js';
import type { Suite } from '../report/suite-result.js';
import { bracketOf } from '../report/rates/bracket.js';
import { openText as untoldText, perSecond } from '../report/rates/words.js';
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
 * Whether the answer is not whole in any case, which its look says: the next rate above the highest that held says
 * nothing about the servers, or a check of the run at the highest rate can't tell.
 */
export function isAnswerOpen(suite: Searched): boolean {
  return limitsOf(suite).some(({ trials }) => {
    const { held, notHeld, exceeded } = bracketOf(trials);
    return (notHeld !== undefined && notHeld !== exceeded) || isUntold(suite, trials, held);
  });
}

/** A rate holds by its answers in time. Whether its leases are right is a question of the checks of its run. */
function isUntold({ runs }: Searched, trials: readonly Trial[], rate: number | undefined): boolean {
  const its = trials.find(({ ratePerServer }) => ratePerServer === rate)?.run;
  return runs.some(({ name, outcome }) => name === its && outcome === 'inconclusive');
}

/** For each limit, such as `dhcp4 holds 50/s; at 100/s it can't be told: the machine was busy`. */
export function caseAnswers(suite: Searched): string[] {
  return limitsOf(suite).map(({ cases, trials }) => {
    const { held, notHeld, exceeded } = bracketOf(trials);
    const at = (value: number | undefined) => trials.find(({ ratePerServer }) => ratePerServer === value);
    const [next, above] = [at(notHeld), at(exceeded)];
    const name = cases.join(', ');
    const holds = cases.length === 1 ? `${name} holds` : `${name} side by side hold`;
    if (trials.length === 0) return `${name}: no rate was tried`;
    const why = at(held)?.open;
    const openText = ` (a check of that run can't tell${why === undefined ? '' : `: ${why}`})`;
    const found =
      held === undefined
        ? `${holds} no rate that was tried`
        : `${holds} ${perSecond(held)}${isUntold(suite, trials, held) ? openText : ''}`;
    if (next === undefined) return `${found}, the highest rate that was tried`;
    if (next === above) return `${found}, not ${perSecond(next.ratePerServer)}: ${next.why}`;
    const known = above === undefined ? '' : `; ${perSecond(above.ratePerServer)} is not held: ${above.why}`;
    return `${held === undefined ? `${name}:` : `${found};`} ${untoldText(next)}${known}`;
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
