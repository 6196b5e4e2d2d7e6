import { busyText } from '../../judgement/machine/machine.js';
import type { Style } from '../../terminal/style.js';
import { checkRows, type Check } from './check-rows.js';
import type { Result } from '../../results/result.js';
import { wrap } from '../words/wrap.js';

type Row = Pick<Check, 'verdict'>;

/** The word for the verdict of an expected figure. */
export function figureWord({ verdict }: Row): string {
  return { pass: 'as expected', fail: 'outside', inconclusive: "can't tell" }[verdict];
}

/** The word for the verdict of a premise. */
export function premiseWord({ verdict }: Row): string {
  return verdict === 'pass' ? 'kept' : 'not kept';
}

/**
 * Such as `While the load ran, other programs used 85% of 2 CPUs.`. Empty if the CPU was not measured, or if a
 * premise that was not kept already says it.
 */
export function busySentence({
  resources,
  reproduction,
}: Pick<Result, 'resources' | 'reproduction'>): string {
  const machine = resources?.machine ?? null;
  if (machine === null) return '';
  const text = busyText(machine);
  const isSaid = reproduction?.premises.some(
    ({ verdict, actual }) => verdict !== 'pass' && actual.includes(text),
  );
  return isSaid === true ? '' : `While the load ran, ${text}.`;
}

/**
 * The lines of the reproduction half of the verdict. Empty if figures are reproduced, unless `isWhole`.
 *
 * @param isWhole whether to show also the figures that are as expected and the premises that were kept
 */
export function reproductionLines(result: Result, columns: number, style: Style, isWhole = false): string[] {
  const { reproduction } = result;
  if (reproduction === null || (reproduction.verdict === 'reproduced' && !isWhole)) return [];
  // The inconclusive checks already show what broke `premise.measured`.
  const shown = (rows: readonly Check[]) =>
    rows.filter(({ name, verdict }) => isWhole || (verdict !== 'pass' && name !== 'premise.measured'));
  const paint = reproduction.verdict === 'not reproduced' ? style.red : style.yellow;
  const rows = (all: readonly Check[], word: (row: Row) => string) =>
    checkRows(shown(all), word, isWhole ? (text) => text : paint, columns);
  return [
    ...rows(reproduction.figures, figureWord),
    ...rows(reproduction.premises, premiseWord),
    ...wrap(busySentence(result), columns).filter((line) => line !== ''),
  ];
}
