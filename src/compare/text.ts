import Table from 'cli-table3';
import { allPrintable } from '../terminal/printable.js';
import { PLAIN, type Style } from '../terminal/style.js';
import { NO_BORDERS, trimmed } from '../report/text/borderless.js';
import { wrap } from '../report/words/wrap.js';
import type { Comparison, Comparisons, FigureComparison, Side } from './comparison.js';
import { figureWords } from './figure-words.js';
import { OUTCOME_WORDS, outcomeLook, outcomeWord, partialText } from './outcome-words.js';
import { allowedText, changeText, comparedText, mustNotBe, sideText } from './sentences.js';

export interface ComparisonTextOptions {
  /** Width of the terminal; 80 by default. */
  columns?: number;
  /** Plain by default. */
  style?: Style;
}

/** The text of the comparisons: what got worse, then every figure side by side. */
export function comparisonReport(
  told: Comparisons,
  { columns = 80, style = PLAIN }: ComparisonTextOptions,
): string {
  const compared = allPrintable(told);
  const { comparisons, notes } = compared;
  return [
    ...comparisons.flatMap((one) => outcomeLines(one, columns, style)),
    ...partialLines(compared, columns, style),
    ...notes.flatMap((note) => wrap(note, columns, 2, '- ')),
    ...comparisons.flatMap((one) => ['', ...tableOf(one, columns, style)]),
    '',
  ].join('\n');
}

/**
 * The first lines of a comparison: one line for each regression, or that there is none, or why the runs can't be
 * compared. A regression is never wrapped.
 */
export function outcomeLines(told: Comparison, columns: number, style: Style): string[] {
  const one = allPrintable(told);
  const said = (word: string, paint: (text: string) => string, text: string) =>
    wrap(`${word} ${one.name}: ${text}`, columns, 2).map((line, i) =>
      i === 0 ? paint(style.bold(word)) + line.trimStart().slice(word.length) : line,
    );
  const against = `against ${nameText(one.baseline)}`;
  switch (one.outcome) {
    case 'regression':
      return one.regressions.map(
        (sentence) => `${style.red(style.bold('REGRESSION'))} ${one.name}: ${sentence}`,
      );
    case 'not-comparable':
      return said("CAN'T COMPARE", style.yellow, one.reasons.join('; ') || against);
    case 'no-regression': {
      const count = comparedText(one.figures);
      const told = [count, against];
      return outcomeLook(one) === 'inconclusive'
        ? said(outcomeWord(one), style.yellow, [...one.reasons, ...told].join('; '))
        : said(outcomeWord(one), style.green, [...told, ...one.reasons].join('; '));
    }
  }
}

/** How many runs of the baseline have no result here. Empty where every one has. */
export function partialLines(compared: Comparisons, columns: number, style: Style): string[] {
  const text = partialText(compared);
  if (text === undefined) return [];
  const word = OUTCOME_WORDS['not-comparable'];
  return wrap(`${word}: ${text}`, columns, 2).map((line, i) =>
    i === 0 ? style.yellow(style.bold(word)) + line.trimStart().slice(word.length) : line,
  );
}

function tableOf(one: Comparison, columns: number, style: Style): string[] {
  const about = [
    one.name,
    `run: ${nameText(one.run)}`,
    `baseline: ${nameText(one.baseline)}`,
    ...(one.verdict.word === 'not-compared'
      ? []
      : [`verdict: ${one.verdict.run}, baseline: ${one.verdict.baseline}`]),
    ...(one.reproduction
      ? [`reproduction: ${one.reproduction.run}, baseline: ${one.reproduction.baseline}`]
      : []),
    // Without compared figures, the reasons already list the differences.
    ...(one.figures.length === 0 ? [] : one.differences).map(
      ({ what, run, baseline }) =>
        `compared although ${what} differs: ${run} now, ${baseline} in the baseline`,
    ),
    ...one.reasons,
  ];
  const [title = [], ...more] = about.map((text, i) =>
    wrap(text, columns, i === 0 ? 0 : 2, i === 0 ? '' : '- '),
  );
  return [...title.map(style.bold), ...more.flat(), ...figureLines(one, style)];
}

function figureLines({ figures }: Comparison, style: Style): string[] {
  const zero = figures.filter(isZeroInBoth);
  const shown = figures.filter(
    (figure) => !zero.includes(figure) && (figure.run ?? figure.baseline) !== null,
  );
  if (figures.length === 0) return [];
  const table = new Table({
    head: ['', 'baseline', 'run', 'change', 'allowed', ''].map(style.bold),
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1, compact: true },
  });
  for (const [index, figure] of shown.entries()) {
    const before = shown[index - 1];
    const heading = headingOf(figure);
    if (heading !== '' && (before === undefined || heading !== headingOf(before)))
      table.push([style.bold(heading), '', '', '', '', '']);
    table.push(cells(figure, style));
  }
  const folded = zero.length === 0 ? [] : [`${zero.length} counts of violations: 0 in both`];
  return [...(shown.length === 0 ? [] : trimmed(table).split('\n')), ...folded];
}

function headingOf({ case: caseName, phase }: FigureComparison): string {
  return [caseName, phase].filter((word) => word !== '').join(' ');
}

function cells(one: FigureComparison, style: Style): string[] {
  const word = {
    regression: style.red('worse'),
    better: style.green('better'),
    within: '',
    'not-compared': style.dim('not compared'),
  };
  return [
    `  ${figureWords(one)}`,
    sideText(one, 'baseline'),
    sideText(one, 'run'),
    changeText(one),
    allowedText(one),
    word[one.word],
  ];
}

function isZeroInBoth(figure: FigureComparison): boolean {
  return mustNotBe(figure) && figure.run?.max === 0 && figure.baseline?.max === 0;
}

/** Such as `reports/published-galera/20261123T071616Z of 2026-11-23 07:16, 5 runs`. */
function nameText({ name, startedAt, runs }: Side): string {
  const when = startedAt === null ? '' : ` of ${startedAt.slice(0, 16).replace('T', ' ')}`;
  return `${name}${when}${runs === 1 ? '' : `, ${runs} runs`}`;
}
