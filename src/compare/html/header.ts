import { html, withCode, type Markup } from '../../report/html/markup.js';
import { SIGNS } from '../../report/html/sections/verdict.js';
import { count, plural } from '../../report/words/numbers.js';
import type { Comparison, ComparisonOutcome, Comparisons, FigureComparison } from '../comparison.js';
import { nextStep, NEXT_OF_MISSING } from '../next-step.js';
import {
  isNotAsExpected,
  isOnlyCounts,
  outcomeLook,
  outcomeWord,
  partialText,
  wholeOutcome,
  type Outcome,
} from '../outcome-words.js';
import { comparedText, figureSentence, timesAllowed } from '../sentences.js';

/** Such as `✗ REGRESSION`, in its colour. */
export function outcomeMark(outcome: Outcome): Markup {
  const look = outcomeLook(outcome);
  return html`<strong class="${look}">${SIGNS[look]} ${outcomeWord(outcome)}</strong>`;
}

/** The outcome of one comparison, its worst figure, and what to do. */
export function comparisonHeader(one: Comparison, exitCode: number): Markup {
  return header(
    one,
    html`<h1>${one.name}: ${outcomeSentence(one)}</h1>
      ${isOnlyCounts(one) && !isNotAsExpected(one) ? html`<p>${one.reasons.join('; ')}</p>` : null}
      ${worstText(one)}
      <p>${withCode(nextStep(one))}</p>
      <p class="meta">exit code ${exitCode}</p>`,
  );
}

/** The outcome of the comparisons of a suite. */
export function suiteHeader(compared: Comparisons): Markup {
  const { comparisons, exitCode } = compared;
  const partial = partialText(compared);
  const of = (outcome: ComparisonOutcome) => comparisons.filter((one) => one.outcome === outcome);
  const [worse, open] = [of('regression'), of('not-comparable')];
  const bad = comparisons.filter(isNotAsExpected);
  const few = comparisons.filter((one) => isOnlyCounts(one) && !isNotAsExpected(one));
  const [first] = [...worse, ...open, ...bad, ...few];
  const said =
    worse.length > 0
      ? `${count(worse.length)} of ${plural(comparisons.length, 'run')} got worse`
      : open.length > 0
        ? `${count(open.length)} of ${plural(comparisons.length, 'run')} can't be compared`
        : bad.length > 0
          ? `Nothing got worse, but ${count(bad.length)} of ${plural(comparisons.length, 'run')} ${bad.length === 1 ? 'is' : 'are'} not as expected`
          : few.length > 0
            ? `Only counts were compared in ${count(few.length)} of ${plural(comparisons.length, 'run')}`
            : `Nothing got worse in ${plural(comparisons.length, 'run')}`;
  const sentence = `${said}${first === undefined ? '' : `: ${first.name}, ${outcomeSentence(first)}`}`;
  // What got worse is worth more than what is missing.
  const sentences =
    partial === undefined ? [sentence] : worse.length > 0 ? [sentence, partial] : [partial, sentence];
  const next =
    worse.length === 0 && partial !== undefined
      ? NEXT_OF_MISSING
      : first === undefined
        ? 'Nothing needs to be done.'
        : nextStep(first);
  return header(
    wholeOutcome(compared),
    html`<h1>${sentences.join('. ')}</h1>
      <p>${withCode(next)}</p>
      <p class="meta">exit code ${exitCode}</p>`,
  );
}

function header(outcome: Outcome, content: Markup): Markup {
  const look = outcomeLook(outcome);
  return html`<header class="${look}">
    <p class="verdict">
      <strong><span aria-hidden="true">${SIGNS[look]}</span>&nbsp;${outcomeWord(outcome)}</strong>
    </p>
    <div>${content}</div>
  </header>`;
}

/** Such as `dhcp4 REQUEST-ACK latency p99 12.1 → 48.3 ms (+299%, allowed +50%), and 2 more`. */
export function outcomeSentence(one: Comparison): string {
  const { outcome, regressions, reasons, figures } = one;
  const more = (all: readonly string[]) => (all.length > 1 ? `, and ${count(all.length - 1)} more` : '');
  switch (outcome) {
    case 'regression':
      return `${regressions[0] ?? 'it got worse'}${more(regressions)}`;
    case 'not-comparable':
      return `${reasons[0] ?? 'no figure could be compared'}${more(reasons)}`;
    case 'no-regression':
      if (isNotAsExpected(one))
        return `nothing got worse, but ${reasons.at(-1) ?? 'the run is not as expected'}`;
      return isOnlyCounts(one)
        ? 'no count got worse; nothing else could be compared'
        : `nothing got worse, ${comparedText(figures)}`;
  }
}

/** Where nothing got worse, the figure that came nearest to being worse. */
function worstText({ outcome, figures }: Comparison): Markup | null {
  if (outcome !== 'no-regression') return null;
  const changed = figures.filter(
    (one) => one.word === 'within' && one.allowed !== null && timesAllowed(one) > 0,
  );
  const [worst] = [...changed].sort((a, b) => timesAllowed(b) - timesAllowed(a));
  return worst === undefined ? null : html`<p>Nearest to its limit: ${nearestText(worst)}.</p>`;
}

function nearestText(one: FigureComparison): string {
  const isOutside = timesAllowed(one) > 1;
  return `${figureSentence(one)}${isOutside ? ", within the baseline's own spread" : ''}`;
}
