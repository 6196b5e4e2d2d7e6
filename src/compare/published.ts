import type { ComparisonWord } from '../results/published.js';
import type { CaseResult } from '../results/case.js';
import { sideOf } from './compare.js';
import type { Measured } from './measured.js';
import type { Comparison, FigureComparison } from './comparison.js';
import { spreadOf } from '../report/side-by-side/spread.js';

/** The words for figures within the tolerances. */
const IS_REPRODUCED: readonly ComparisonWord[] = ['reproduced', 'partly-reproduced'];

type PhaseComparison = NonNullable<CaseResult['published']>['phases'][number];

/**
 * Compares a run with the article's figures, by the reproduction half of its verdict and the words of its judgement.
 * A phase that is not reproduced is a regression, also because of duplicates in the second phase. Undefined if the
 * scenario has no published figures to compare with.
 */
export function compareWithPublished(run: Measured): Comparison | undefined {
  const { name, results } = run;
  const [result] = results;
  const compared = result.cases.flatMap((one) =>
    (one.published?.phases ?? []).map((published) => ({ one, published })),
  );
  const source = result.cases.find((one) => one.published !== null)?.published?.source;
  if (source === undefined) return undefined;
  const words = compared.map(({ published }) => published.word);
  const sentences = (word: PhaseComparison['word']) =>
    compared
      .filter(({ published }) => published.word === word)
      .map(({ one, published }) => `${one.name} ${published.phase} ${reasonText(published)}`);
  const { reproduction } = result;
  const isWorse = words.includes('not-reproduced') || reproduction?.verdict === 'not reproduced';
  const cannotTell = reproduction?.verdict === "can't tell";
  const isOpen = cannotTell || !words.some((word) => IS_REPRODUCED.includes(word));
  const off = sentences('not-reproduced');
  return {
    name,
    outcome: isWorse ? 'regression' : isOpen ? 'not-comparable' : 'no-regression',
    // Other expected figures of the scenario belong to no published phase. If only they are off, the reason of the
    // reproduction half is the regression.
    regressions: off.length === 0 && isWorse && reproduction !== null ? [reproduction.reason] : off,
    run: sideOf(run),
    baseline: { kind: 'published', name: source, startedAt: null, runs: 1 },
    differences: [],
    reasons:
      reproduction !== null && cannotTell
        ? [`the figures can't be compared with those published: ${reproduction.reason}`]
        : [...sentences('partly-reproduced'), ...sentences('not-comparable')],
    verdict: { run: result.verdict, baseline: 'none', word: 'not-compared', reasons: [] },
    reproduction: null,
    figures: compared.flatMap(({ one, published }) => figuresOf(one, published)),
  };
}

function reasonText({ word, reasons }: PhaseComparison): string {
  const what = {
    reproduced: 'is as published',
    'partly-reproduced': 'is only partly as published',
    'not-reproduced': 'is not as published',
    'not-comparable': "can't be compared",
  }[word];
  return reasons.length === 0 ? what : `${what}: ${reasons.join('; ')}`;
}

function figuresOf(one: CaseResult, { phase: name, published, word }: PhaseComparison): FigureComparison[] {
  const phase = one.phases.find((other) => other.name === name);
  const figures = [
    ['duplicatePercent', published.responses === 0 ? null : published.duplicatePercent],
    ['appearancePercent', published.appearancePercent],
  ] as const;
  return figures.map(([figure, value]): FigureComparison => {
    const baseline = spreadOf([value]) ?? null;
    const run = spreadOf([phase?.firstAttempt[figure] ?? null]) ?? null;
    const isCompared = baseline !== null && run !== null && word !== 'not-comparable';
    return {
      case: one.name,
      phase: name,
      figure,
      unit: 'percent',
      worse: 'either',
      baseline,
      run,
      change: isCompared ? Math.round((run.median - baseline.median) * 100) / 100 : null,
      allowed: null,
      allowedPercent: null,
      word: !isCompared ? 'not-compared' : IS_REPRODUCED.includes(word) ? 'within' : 'regression',
    };
  });
}
