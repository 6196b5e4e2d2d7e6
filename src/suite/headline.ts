import { printable } from '../terminal/printable.js';
import { EXIT } from '../errors.js';
import type { Style } from '../terminal/style.js';
import { meaningOf, type Outcome, OUTCOMES } from '../results/run-outcome.js';
import type { Result } from '../results/result.js';
import { wrap } from '../report/words/wrap.js';
import { isOfRate } from '../report/rates/words.js';
import { answerHead, caseAnswers, isAnswerOpen, limitsOf } from './answer.js';
import { namesText } from './names.js';
import { isNeutral } from './run-text.js';
import type { Suite, SuiteRun } from '../report/suite-result.js';

/** A run of a suite, with its result and the link to its page. */
export interface SuiteMember {
  run: SuiteRun;
  /** The result without its witnesses. Undefined if the run could not be made. */
  result: Result | undefined;
  /** The page or the directory of the run, relative to the suite's directory. Undefined if neither exists. */
  link: string | undefined;
  /** How its directory holds another run than `suite.json` tells of. Absent where it does not. */
  other?: string | undefined;
}

/**
 * The word for the outcome of a suite: `PASS`, `FAIL`, …, the answer of a search for a rate, or `ERROR` if a run
 * could not be made.
 */
export function suiteWord(suite: Pick<Suite, 'exitCode' | 'runs' | 'limit' | 'limits'>): string {
  const { exitCode, runs } = suite;
  const conforms = runs.every(
    ({ verdict, outcome }) => isNeutral(outcome) || isOfRate(outcome) || verdict === 'pass',
  );
  switch (exitCode) {
    case EXIT.pass:
      return answerHead(suite) ?? meaningOf('pass').word;
    case EXIT.fail:
      return meaningOf('fail').word;
    case EXIT.inconclusive:
      return answerHead(suite) ?? meaningOf(conforms ? 'not comparable' : 'inconclusive').word;
    case EXIT.regression:
      return 'REGRESSION';
    case EXIT.notReproduced:
      return conforms ? meaningOf('not reproduced').word : 'NOT REPRODUCED';
    case EXIT.interrupted:
    case EXIT.terminated:
      return meaningOf('interrupted').word;
    default:
      return meaningOf('could not be run').word;
  }
}

/** The verdict whose colour and sign the suite gets: by its exit code, and open where its search has half an answer. */
export function suiteLook(suite: Pick<Suite, 'exitCode' | 'limit' | 'limits' | 'runs'>): Result['verdict'] {
  const { exitCode } = suite;
  if (exitCode === EXIT.pass) return isAnswerOpen(suite) ? 'inconclusive' : 'pass';
  const open: readonly number[] = [EXIT.inconclusive, EXIT.interrupted, EXIT.terminated];
  return open.includes(exitCode) ? 'inconclusive' : 'fail';
}

export function suiteName({ name, tables }: Pick<Suite, 'name' | 'tables'>): string {
  return name ?? tables[0]?.suite ?? 'suite';
}

/** Such as `8 runs: 6 pass, 1 not held, 1 can't tell`. */
export function countsText({ runs }: Pick<Suite, 'runs'>): string {
  const counts = OUTCOMES.flatMap((outcome) => {
    const number = runs.filter((run) => run.outcome === outcome).length;
    return number === 0 ? [] : [`${number} ${outcome}`];
  });
  const of = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
  return `${of}: ${counts.join(', ') || 'none was made'}`;
}

/**
 * Such as `all, 6 runs: 3 pass, 1 fail, 2 not comparable; look at roam; 2 runs pass but can't be compared: staggered,
 * life`.
 */
export function suiteSentence(suite: Suite): string {
  const { runs } = suite;
  const lookAt = toLookAt(runs);
  const [searched] = limitsOf(suite);
  return [
    `${suiteName(suite)}, ${countsText(suite)}`,
    ...caseAnswers(suite),
    ...(searched === undefined || meansOwnAnswer(suite) ? [] : [answerHead(suite) ?? '']),
    ...(searched === undefined
      ? []
      : [
          `a rate holds if at most ${searched.maxWithoutTimelyAnswerPercent}% of the exchanges got no timely answer`,
        ]),
    ...(lookAt.length === 0 ? [] : [`look at ${namesText(lookAt)}`]),
    ...notComparedText(runs),
  ].join('; ');
}

/** Whether the word of the suite is already the answer of its search. */
function meansOwnAnswer(suite: Suite): boolean {
  return suiteWord(suite) === answerHead(suite);
}

const UNLIKE_OTHERS: readonly Outcome[] = ['not comparable', 'interrupted'];

/** The runs that the reader should look at: the red ones first, then those that can't tell. */
export function toLookAt(runs: readonly SuiteRun[]): SuiteRun[] {
  const having = (light: 'red' | 'open') =>
    runs.filter(
      ({ outcome }) =>
        meaningOf(outcome).light === light &&
        !isNeutral(outcome) &&
        !isOfRate(outcome) &&
        !UNLIKE_OTHERS.includes(outcome),
    );
  return [...having('red'), ...having('open')];
}

function notComparedText(runs: readonly SuiteRun[]): string[] {
  const those = runs.filter(({ outcome }) => outcome === 'not comparable');
  if (those.length === 0) return [];
  const pass = those.length === 1 ? '1 run passes' : `${those.length} runs pass`;
  return [`${pass} but can't be compared: ${namesText(those)}`];
}

/** Such as `PASS  all, 6 runs: 5 pass, 1 control held`, wrapped to `columns`. */
export function verdictLines(suite: Suite, columns: number, style: Style): string[] {
  const word = suiteWord(suite);
  const paint = { pass: style.green, fail: style.red, inconclusive: style.yellow }[suiteLook(suite)];
  return wrap(`${word}  ${printable(suiteSentence(suite))}`, columns).map((line, i) =>
    i === 0 ? paint(style.bold(word)) + line.slice(word.length) : line,
  );
}
