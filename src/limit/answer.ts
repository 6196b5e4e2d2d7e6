import type { Limit, Trial } from '../report/limit-schema.js';
import { ratio } from '../report/words/numbers.js';
import { bracketOf, type Bracket } from '../report/rates/bracket.js';

export type LimitFacts = Omit<Limit, 'highestPerServer' | 'nextPerServer' | 'exceededPerServer' | 'answer'>;

/** The highest rate that held, the next one, the next one that exceeded the limit, and the answer in sentences. */
export function limitOf(facts: LimitFacts): Limit {
  const bracket = bracketOf(facts.trials);
  return {
    ...facts,
    highestPerServer: bracket.held ?? null,
    nextPerServer: bracket.notHeld ?? null,
    exceededPerServer: bracket.exceeded ?? null,
    answer: answerOf(facts, bracket),
  };
}

function answerOf(facts: LimitFacts, { held, notHeld, exceeded }: Bracket): string[] {
  const { trials, maxWithoutTimelyAnswerPercent: max } = facts;
  const at = (rate: number | undefined) => trials.find(({ ratePerServer }) => ratePerServer === rate);
  const [highest, next, above] = [at(held), at(notHeld), at(exceeded)];
  const violated = trials.filter(({ violations }) => violations.length > 0);
  return [
    highest === undefined
      ? noneText(trials, max)
      : `The highest rate at which at most ${max}% of the exchanges got no timely answer is ${ratio(highest.ratePerServer)} ` +
        `a second on each server (${loadText(facts)}): ${highest.why}.`,
    ...(next === undefined ? (highest === undefined ? [] : ['No higher rate was tried.']) : [nextText(next)]),
    ...boundText(highest, next, above),
    ...trials
      .filter(({ outcome, ratePerServer }) => outcome === 'exceeded' && ratePerServer < (held ?? 0))
      .map(
        ({ ratePerServer, why }) =>
          `At ${ratio(ratePerServer)} a second: ${why}, although a higher rate held; so the answer is not certain.`,
      ),
    ...violated.map(
      ({ ratePerServer, violations }) =>
        `At ${ratio(ratePerServer)} a second conformance was violated: ${violations.join('; ')}.`,
    ),
  ];
}

/** What is known above the highest rate, where the next rate says nothing about the servers. */
function boundText(highest: Trial | undefined, next: Trial | undefined, above: Trial | undefined): string[] {
  if (next === undefined || next === above) return [];
  if (above !== undefined) return [nextText(above)];
  return [
    highest === undefined
      ? 'No tried rate is known to be too high.'
      : `So the limit is at least ${ratio(highest.ratePerServer)} a second, and nothing is known above.`,
  ];
}

function noneText(trials: readonly Trial[], max: number): string {
  if (trials.length === 0) return 'No rate was tried.';
  return `No rate was found at which at most ${max}% of the exchanges got no timely answer.`;
}

function nextText({ ratePerServer, outcome, why, short }: Trial): string {
  const reasons = short.map(({ resource, found }) =>
    resource === 'unknown' ? found : `in short supply: ${found}`,
  );
  // The words of a check that does not hold may already name the short resource.
  const more = reasons
    .filter((one) => !why.includes(one))
    .map((one) => `; ${one}`)
    .join('');
  const at = `At ${ratio(ratePerServer)} a second`;
  if (outcome === "can't tell") return `${at} it can't be told whether the rate holds: ${why}${more}.`;
  return outcome === 'not driven'
    ? `${at} the harness did not drive the load as planned, so this says nothing about the servers: ${why}${more}.`
    : `${at}: ${why}${more}.`;
}

function loadText({ cases, serversPerCase, arrival, seconds }: LimitFacts): string {
  const servers = serversPerCase === 1 ? '1 server' : `${serversPerCase} servers`;
  const each = cases.length === 1 ? `of ${cases[0] ?? ''}` : `each of ${cases.join(', ')} side by side`;
  return `${servers} ${each}, ${arrival}, ${seconds} s each rate`;
}
