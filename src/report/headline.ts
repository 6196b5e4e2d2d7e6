import type { Style } from '../terminal/style.js';
import { meaningOf } from './outcome.js';
import { reasonOf } from './reason.js';
import type { Result } from './result.js';

/** `PASS  published-galera: every check holds`, for those who want no more. */
export function verdictLine(result: Result, style: Style): string {
  return `${painted(result, style)}  ${verdictSentence(result)}`;
}

/** The word in the colour of the outcome. */
export function painted(result: Pick<Result, 'outcome'>, style: Style): string {
  const paint = { good: style.green, red: style.red, open: style.yellow }[meaningOf(result.outcome).light];
  return paint(style.bold(outcomeWord(result)));
}

/** `PASS, not comparable` */
export function outcomeWord({ outcome }: Pick<Result, 'outcome'>): string {
  return meaningOf(outcome).word;
}

/** `published-galera: every check holds` */
export function verdictSentence(result: Result): string {
  return `${result.scenario.name}: ${reasonOf(result)}`;
}

/** `Conformance: pass · Reproduction: can't tell`; the second half only where figures are expected. */
export function halvesText({ verdict, reproduction }: Pick<Result, 'verdict' | 'reproduction'>): string {
  const halves = [
    `Conformance: ${verdict}`,
    ...(reproduction === null ? [] : [`Reproduction: ${reproduction.verdict}`]),
  ];
  return halves.join(' · ');
}
