import type { Scenario } from '../../scenario/schema.js';
import type { CaseFigures, CaseJudgement } from '../../results/case.js';
import type { Check, Reproduction, ReproductionVerdict } from '../../results/check.js';
import type { PhaseComparison } from '../../results/published.js';
import { evaluate, type NamedCheck } from '../checks/evaluate.js';
import { readCheck } from '../checks/stated.js';
import { areKept, premisesOf, type PremisesInput } from './premises.js';
import { toleranceChecks } from './tolerance.js';
import { withoutLeaseShares } from './without-lease.js';

/**
 * The second half of a verdict: whether the run showed the figures that its scenario expects of the experiment. A
 * busy machine can keep an experiment from showing them. So where a premise was not kept, the figures say nothing
 * about the cluster.
 */

export interface ReproductionInput extends Omit<PremisesInput, 'scenario'> {
  scenario: PremisesInput['scenario'] & Partial<Pick<Scenario, 'expectedFigures' | 'published'>>;
}

/**
 * @returns null where the scenario expects no figures
 * @throws HarnessError SOURCE for an expected figure that can't be read
 */
export function reproductionOf(input: ReproductionInput): Reproduction | null {
  const { cases, scenario } = input;
  const { expectedFigures = [], published } = scenario;
  const ofArticle = published === undefined ? [] : toleranceChecks(published, cases);
  const stated = expectedFigures.map(readCheck);
  if (ofArticle.length + stated.length === 0) return null;
  const premises = premisesOf({
    ...input,
    // A run must be the article's experiment only if it is compared with the article.
    scenario: ofArticle.length > 0 ? scenario : { ...scenario, published: undefined },
  });
  const rows = (named: readonly NamedCheck[]) =>
    named.flatMap((one) => evaluate(one, cases, (name) => (areKept(premises, name) ? undefined : '')));
  const figures = rows([...ofArticle, ...stated]);
  const verdict = verdictOn(figures, premises);
  return { verdict, reason: reasonOf(verdict, figures, premises, cases), figures, premises };
}

function verdictOn(figures: readonly Check[], premises: readonly Check[]): ReproductionVerdict {
  if (figures.some(({ verdict }) => verdict === 'fail')) return 'not reproduced';
  const isOpen = [...figures, ...premises].some(({ verdict }) => verdict !== 'pass');
  return isOpen ? "can't tell" : 'reproduced';
}

function reasonOf(
  verdict: ReproductionVerdict,
  figures: readonly Check[],
  premises: readonly Check[],
  cases: readonly CaseFigures[],
): string {
  const broken = premises.filter((one) => one.verdict !== 'pass');
  switch (verdict) {
    case 'reproduced':
      return `all ${figures.length} expected figures are as expected`;
    case 'not reproduced':
      return sentence(figures.filter((one) => one.verdict === 'fail'));
    case "can't tell":
      return sentence(
        mostTelling(broken.length > 0 ? broken : figures.filter((one) => one.verdict !== 'pass'), cases),
      );
  }
}

/** A row that concerns the whole run says more than the rows of what it led to in a case. */
function mostTelling(rows: readonly Check[], cases: readonly CaseFigures[]): readonly Check[] {
  const ofRun = rows.filter((one) => one.case === '');
  if (ofRun.length > 0) return ofRun;
  // A text that is the same for every case is said once.
  const [first] = rows;
  const isSame = rows.length === cases.length && rows.every(({ actual }) => actual === first?.actual);
  return isSame && first !== undefined ? [{ ...first, case: '' }] : rows;
}

function sentence(rows: readonly Check[]): string {
  const [first] = rows;
  if (first === undefined) return 'nothing was measured';
  const about = [first.case, first.phase].filter((word) => word !== '').join(' ');
  const isFigure = first.verdict === 'fail';
  const said = isFigure
    ? `${first.name.replace(/ .*/, '')} is ${first.actual}, expected ${first.expected}`
    : first.actual;
  const more = rows.length === 1 ? '' : `; and ${rows.length - 1} more`;
  return `${about === '' ? '' : `${about}: `}${said}${more}`;
}

/** Adds to the reason which phases are as published in part only. No tolerance tells that. */
export function withParts(
  reproduction: Reproduction | null,
  cases: readonly Pick<CaseJudgement, 'name' | 'phases' | 'published'>[],
): Reproduction | null {
  if (reproduction?.verdict !== 'reproduced') return reproduction;
  const parts = cases.flatMap((one) =>
    (one.published?.phases ?? [])
      .filter(({ word }) => word === 'partly-reproduced')
      .map((compared) => partText(one, compared)),
  );
  if (parts.length === 0) return reproduction;
  const reason = `${reproduction.reason}; only partly as published: ${parts.join('; ')}`;
  return { ...reproduction, reason };
}

function partText(
  { name, phases }: Pick<CaseJudgement, 'name' | 'phases'>,
  { phase, published }: PhaseComparison,
): string {
  const judged = phases.find((one) => one.name === phase);
  const part = `${name} ${phase}, where duplicates are as published`;
  if (judged === undefined) return part;
  const shares = withoutLeaseShares(judged.firstAttempt, published);
  return `${part}, but ${shares.here.percent} of the requests got no lease (published: ${shares.published.percent})`;
}
