import { HarnessError } from '../errors.js';
import type { Evidence } from '../evidence/model.js';
import type { Layout, Observation } from '../observations/model.js';
import type { Scenario } from '../scenario/schema.js';
import { CaseFold } from './case-fold.js';
import { comparePublished } from './comparison.js';
import { conformanceChecks } from './conformance.js';
import type { CaseJudgement, Check, Judgement, Verdict } from './model.js';
import { soundnessChecks } from './soundness.js';
import { statedChecks } from './stated.js';

export interface JudgeInput {
  layout: Layout;
  /** What the verdict depends on; a `Scenario` will do. */
  scenario: Pick<Scenario, 'limits' | 'published' | 'firstPhase'>;
  evidence: Evidence;
  /** How many witnesses of each kind are described for each case, 10,000 by default; all are counted. */
  witnessesPerKind?: number;
}

/**
 * Judges a run from what was observed, in order of time. Reads the observations once and keeps none of them.
 *
 * @throws HarnessError SOURCE for an observation of a case, server or client that the layout has not
 */
export function judge(input: JudgeInput, observations: Iterable<Observation>): Judgement {
  const judging = new Judging(input.layout, input.witnessesPerKind);
  for (const observation of observations) judging.add(observation);
  return judging.judgement(input);
}

/** The same, observation by observation, for a source that can't be iterated synchronously. */
export class Judging {
  readonly #cases: readonly CaseFold[];

  constructor(layout: Layout, witnessesPerKind = 10_000) {
    this.#cases = layout.cases.map((one) => new CaseFold(one, witnessesPerKind));
  }

  add(observation: Observation): void {
    const fold = this.#cases[observation.caseIndex];
    if (fold === undefined) {
      throw new HarnessError(
        'SOURCE',
        `an observation names case ${observation.caseIndex} of ${this.#cases.length}`,
      );
    }
    fold.add(observation);
  }

  judgement({ scenario, evidence }: Pick<JudgeInput, 'scenario' | 'evidence'>): Judgement {
    const figures = this.#cases.map((fold) => fold.figures());
    const soundness = soundnessChecks(figures, evidence, scenario.limits);
    const checks = [
      ...soundness,
      ...conformanceChecks(figures, evidence),
      ...statedChecks(figures, scenario, soundness),
    ];
    const cases = figures.map((one): CaseJudgement => ({
      ...one,
      published: comparePublished(one, scenario.published),
    }));
    return { verdict: verdictOf(checks), interruptedBy: evidence.interruptedBy, cases, checks };
  }
}

/** DESIGN's order: a check that fails, one that can't tell, neither. */
export function verdictOf(checks: readonly Check[]): Verdict {
  const order: readonly Verdict[] = ['fail', 'inconclusive'];
  return order.find((verdict) => checks.some((check) => check.verdict === verdict)) ?? 'pass';
}
