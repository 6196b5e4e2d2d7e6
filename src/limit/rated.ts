import { verdictOf } from '../judgement/checks/verdicts.js';
import { meaningOf } from '../results/run-outcome.js';
import type { CaseResult } from '../results/case.js';
import type { Result } from '../results/result.js';
import { type OutcomeAndCode } from '../report/result/outcome.js';
import type { Limit, Trial } from '../report/limit-schema.js';
import type { Scenario } from '../scenario/schema.js';
import { limitOf } from './answer.js';
import { outcomeOfRate } from '../report/rates/words.js';
import { trialOf } from './trial.js';

/**
 * Collects, for each case, what the runs of a suite say about the rates that they offer. The suite `stress` gets its
 * answer from it.
 */
export class RatedRuns {
  readonly #maxPercent: number;
  readonly #cases = new Map<string, { facts: CaseFacts; trials: Trial[] }>();

  /** @param maxPercent of the exchanges, how many may go without a timely answer at a rate that holds */
  constructor(maxPercent: number) {
    this.#maxPercent = maxPercent;
  }

  /** @returns the run's outcome in a suite that looks for a rate */
  add(run: string, result: Result, load: Scenario['load'], own: OutcomeAndCode): OutcomeAndCode {
    const trials = result.cases.flatMap((one) => {
      const trial = trialOfCase(run, one, result, this.#maxPercent);
      if (trial === undefined) return [];
      const facts = { servers: one.servers, arrival: load.arrival, seconds: secondsOf(load) };
      const of = this.#cases.get(one.name) ?? { facts, trials: [] };
      of.trials.push(trial);
      this.#cases.set(one.name, of);
      return [trial];
    });
    return outcomeAtRate(own, trials);
  }

  /** One limit for each case. */
  get limits(): Limit[] {
    return [...this.#cases].map(([name, { facts, trials }]) =>
      limitOf({
        cases: [name],
        serversPerCase: facts.servers,
        arrival: facts.arrival,
        seconds: facts.seconds,
        maxWithoutTimelyAnswerPercent: this.#maxPercent,
        trials,
      }),
    );
  }

  /** The highest rate that the run offers to any case; undefined where it offers none. */
  rateOf(run: string): number | undefined {
    const rates = [...this.#cases.values()].flatMap(({ trials }) =>
      trials.flatMap((trial) => (trial.run === run ? [trial.ratePerServer] : [])),
    );
    return rates.length === 0 ? undefined : Math.max(...rates);
  }
}

interface CaseFacts {
  servers: number;
  arrival: string;
  seconds: number;
}

/**
 * The outcome of a run in a search for the highest rate. A rate that did not hold is no failure there: the search
 * looks for it. A rate that was not driven, or that can't be told, says nothing about the servers. A violation is a
 * failure at any rate.
 */
export function outcomeAtRate(own: OutcomeAndCode, trials: readonly Trial[]): OutcomeAndCode {
  const isViolated = trials.some(({ violations }) => violations.length > 0);
  const areHeld = trials.every(({ outcome }) => outcome === 'held');
  // A run that was cut short, or could not be made, says nothing about its rate.
  const isWhole = own.exitCode === meaningOf(own.outcome).exitCode;
  if (areHeld || isViolated || !isWhole) return own;
  const outcome = outcomeOfRate(trials);
  return { outcome, exitCode: meaningOf(outcome).exitCode ?? 0 };
}

/** A rate holds only where the case's conformance passes too. */
function trialOfCase(run: string, one: CaseResult, result: Result, maxPercent: number): Trial | undefined {
  const rate = one.exchanges?.offeredPerServer ?? null;
  if (rate === null || rate <= 0) return undefined;
  const checks = result.checks.filter(({ case: of }) => of === '' || of === one.name);
  const sockets = (result.sockets ?? []).filter(({ socket }) => socket.split(' ').includes(one.name));
  const trial = trialOf(run, rate, maxPercent, { ...result, cases: [one], checks, sockets });
  if (trial.outcome !== 'held' || verdictOf(checks) !== 'inconclusive') return trial;
  const open = checks.find(({ verdict }) => verdict === 'inconclusive');
  return { ...trial, outcome: "can't tell", why: `${open?.name ?? ''}: ${open?.actual ?? ''}` };
}

function secondsOf({ stages, clientsPerServer, ratePerServer }: Scenario['load']): number {
  return stages === undefined
    ? clientsPerServer / ratePerServer
    : stages.reduce((sum, { seconds }) => sum + seconds, 0);
}
