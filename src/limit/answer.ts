import type { Limit, Trial } from '../report/limit-schema.js';
import { bracketOf } from './search.js';

export type LimitFacts = Omit<Limit, 'highestPerServer' | 'nextPerServer' | 'answer'>;

/** The highest rate that held, the next one, and the answer in sentences. */
export function limitOf(facts: LimitFacts): Limit {
  const tried = facts.trials.map((trial) => ({ ...trial, held: trial.outcome === 'held' }));
  const { held = null, notHeld = null } = bracketOf(tried);
  return { ...facts, highestPerServer: held, nextPerServer: notHeld, answer: answerOf(facts, held, notHeld) };
}

function answerOf(facts: LimitFacts, held: number | null, notHeld: number | null): string[] {
  const { trials, maxWithoutTimelyAnswerPercent: max } = facts;
  const at = (rate: number | null) => trials.find(({ ratePerServer }) => ratePerServer === rate);
  const [highest, next] = [at(held), at(notHeld)];
  const violated = trials.filter(({ violations }) => violations.length > 0);
  return [
    highest === undefined
      ? noneText(trials, max)
      : `The highest rate at which at most ${max}% of the exchanges got no timely answer is ${highest.ratePerServer} ` +
        `a second on each server (${loadText(facts)}): ${highest.why}.`,
    ...(next === undefined ? (highest === undefined ? [] : ['No higher rate was tried.']) : [nextText(next)]),
    ...violated.map(
      ({ ratePerServer, violations }) =>
        `At ${ratePerServer} a second conformance was violated: ${violations.join('; ')}.`,
    ),
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
  if (outcome === "can't tell")
    return `At ${ratePerServer} a second conformance is inconclusive: ${why}${more}.`;
  return outcome === 'not driven'
    ? `At ${ratePerServer} a second the harness did not drive the load as planned, so this says nothing about the servers: ${why}${more}.`
    : `At ${ratePerServer} a second: ${why}${more}.`;
}

function loadText({ cases, serversPerCase, arrival, seconds }: LimitFacts): string {
  const servers = serversPerCase === 1 ? '1 server' : `${serversPerCase} servers`;
  const each = cases.length === 1 ? `of ${cases[0] ?? ''}` : `each of ${cases.join(', ')} side by side`;
  return `${servers} ${each}, ${arrival}, ${seconds} s each rate`;
}
