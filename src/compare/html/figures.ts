import { besideChart, besideLegend, type BesideAxis } from '../../report/html/charts/beside.js';
import { panel } from '../../report/html/charts/svg.js';
import { html, type Content, type Markup } from '../../report/html/markup.js';
import { table } from '../../report/html/table.js';
import { count, plural } from '../../report/words/numbers.js';
import type { Comparison, FigureComparison } from '../comparison.js';
import { figureWords } from '../figure-words.js';
import {
  allowedText,
  changeText,
  comparedValue,
  figureSentence,
  mustNotBe,
  sideText,
  worstFirst,
} from '../sentences.js';
import { axesOf, pairOf, UNIT_TITLES, UNITS } from './scales.js';

/** A part of a comparison with its heading. */
export interface Part {
  id: string;
  title: string;
  content: Content;
}

/** The figures: what got worse, what got better, then the others folded. Empty if no figure was compared. */
export function figureParts({ figures, regressions }: Comparison): Part[] {
  const axes = axesOf(figures);
  const of = (...words: FigureComparison['word'][]) => figures.filter(({ word }) => words.includes(word));
  const worse = worstFirst(of('regression'));
  const alike = of('within');
  const zero = alike.filter(isZeroInBoth);
  const known = figures.filter((one) => (one.run ?? one.baseline) !== null);
  // Counts of what did not happen say the least.
  const told = [...known.filter((one) => !isZeroInBoth(one)), ...known.filter(isZeroInBoth)];
  const same = alike.filter(({ change }) => change === 0).length;
  // The charts tell all sentences but those about verdicts, and those about published phases.
  const drawnSentences = new Set(worse.map(figureSentence));
  const others = regressions.filter((sentence) => !drawnSentences.has(sentence));
  const open = of('not-compared').filter((one) => told.includes(one)).length;
  return [
    part('worse', 'What got worse', regressions.length > 0, [
      sentences(others),
      drawn('What got worse', worse, axes),
    ]),
    part('better', 'What got better', of('better').length > 0, drawn('What got better', of('better'), axes)),
    part(
      'unchanged',
      'Within what is allowed',
      alike.length > 0,
      folded(alikeText(same, alike.length - same), [
        drawn(
          'Within what is allowed',
          alike.filter((one) => !zero.includes(one)),
          axes,
        ),
        zero.length === 0
          ? null
          : html`<p class="note">${plural(zero.length, 'count')} of what must not happen: 0 in both.</p>`,
      ]),
    ),
    part(
      'every-figure',
      'Every figure',
      told.length > 0,
      folded(
        `${plural(told.length, 'figure')} as a table${open === 0 ? '' : `, ${count(open)} of them not compared`}`,
        figuresTable(told),
      ),
    ),
  ].filter((one) => one !== undefined);
}

/** Such as `72 figures are the same; 45 figures changed by no more than is allowed`. */
function alikeText(same: number, changed: number): string {
  return [
    ...(same === 0 ? [] : [`${plural(same, 'figure')} ${same === 1 ? 'is' : 'are'} the same`]),
    ...(changed === 0 ? [] : [`${plural(changed, 'figure')} changed by no more than is allowed`]),
  ].join('; ');
}

function part(id: string, title: string, isThere: boolean, content: Content): Part | undefined {
  return isThere ? { id, title, content } : undefined;
}

function sentences(all: readonly string[]): Markup | null {
  return all.length === 0
    ? null
    : html`<ul>
    ${all.map((one) => html`<li>${one}</li>`)}
  </ul>`;
}

function folded(summary: string, content: Content): Markup {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}

/** A chart for each unit. */
function drawn(
  label: string,
  figures: readonly FigureComparison[],
  axes: Readonly<Record<FigureComparison['unit'], BesideAxis>>,
): Content {
  if (figures.length === 0) return null;
  const panels = UNITS.flatMap((unit) => {
    const own = figures.filter((one) => one.unit === unit);
    if (own.length === 0) return [];
    const chart = besideChart(`${label}: ${UNIT_TITLES[unit]}`, own.map(pairOf), axes[unit]);
    return [panel(UNIT_TITLES[unit], chart, legendOf(own))];
  });
  return html`<div class="panels">${panels}</div>`;
}

function legendOf(figures: readonly FigureComparison[]): Markup {
  const has = (test: (one: FigureComparison) => boolean) => figures.some(test);
  const isSpread = (one: FigureComparison) =>
    [one.run, one.baseline].some((side) => side && side.min !== side.max);
  return besideLegend({
    ...(has(({ word }) => word !== 'regression') ? { now: 'run' } : {}),
    before: 'baseline',
    ...(has(({ allowed }) => (allowed ?? 0) > 0) ? { allowed: 'allowed' } : {}),
    ...(has(({ word }) => word === 'regression') ? { worse: 'run, worse' } : {}),
    ...(has(isSpread) ? { spread: 'lowest to highest of its runs' } : {}),
  });
}

const WORDS: Readonly<Record<FigureComparison['word'], Content>> = {
  regression: html`<strong class="bad">worse</strong>`,
  better: html`<span class="pass">better</span>`,
  within: '',
  'not-compared': html`<span class="neutral">not compared</span>`,
};

function figuresTable(figures: readonly FigureComparison[]): Markup {
  const columns = [
    { head: 'case' },
    { head: 'phase' },
    { head: 'figure' },
    ...['baseline', 'run', 'change', 'allowed'].map((head) => ({ head, figures: true })),
    { head: 'verdict' },
  ];
  const rows = figures.map((one) => [
    one.case,
    one.phase,
    figureWords(one),
    ...(['baseline', 'run'] as const).map((side) => ({
      shown: sideText(one, side),
      value: one[side] === null ? null : comparedValue(one, side),
      path: '',
      bad: side === 'run' && one.word === 'regression',
    })),
    { shown: changeText(one), value: one.change, path: '' },
    { shown: allowedText(one), value: one.allowed, path: '' },
    WORDS[one.word],
  ]);
  return table({ label: 'Every figure', columns, rows });
}

function isZeroInBoth(figure: FigureComparison): boolean {
  return mustNotBe(figure) && figure.run?.max === 0 && figure.baseline?.max === 0;
}
