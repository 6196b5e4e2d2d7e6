import type { Style } from '../../terminal/style.js';
import { meaningOf } from '../../results/run-outcome.js';
import type { Result } from '../../results/result.js';
import { changedText } from './changed-servers.js';
import { reasonOf } from './checks/reason.js';

/** The shortest report, such as `PASS  published-galera: every check holds`. */
export function verdictLine(result: Result, style: Style): string {
  return `${painted(result, style)}  ${verdictSentence(result)}`;
}

/** The word for the outcome, in its colour. */
export function painted(result: Pick<Result, 'outcome'>, style: Style): string {
  const paint = { good: style.green, red: style.red, open: style.yellow }[meaningOf(result.outcome).light];
  return paint(style.bold(outcomeWord(result)));
}

/** The word for the outcome, such as `PASS, not comparable`. */
export function outcomeWord({ outcome }: Pick<Result, 'outcome'>): string {
  return meaningOf(outcome).word;
}

/** Such as `published-galera: every check holds`. It says what the run changed in its servers. */
export function verdictSentence(result: Result): string {
  return `${result.scenario.name}${changedText(result)}: ${reasonOf(result)}`;
}

/**
 * Such as `Conformance: pass · Reproduction: can't tell`. Without the second half if the scenario expects no figures.
 */
export function halvesText({ verdict, reproduction }: Pick<Result, 'verdict' | 'reproduction'>): string {
  const halves = [
    `Conformance: ${verdict}`,
    ...(reproduction === null ? [] : [`Reproduction: ${reproduction.verdict}`]),
  ];
  return halves.join(' · ');
}
