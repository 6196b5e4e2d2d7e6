import { EXIT } from '../../errors.js';
import type { Style } from '../../terminal/style.js';
import type { Result } from '../result.js';
import { OUTCOMES } from '../outcome.js';
import type { Suite } from './suite-result.js';

/** A run of a suite with what it came to, and where its page is. */
export interface SuiteMember {
  run: Suite['runs'][number];
  /** Without its witnesses; undefined where the run could not be made. */
  result: Result | undefined;
  /** Its page or its directory, relative to the suite's; undefined where there is neither. */
  link: string | undefined;
}

const WORDS: Readonly<Record<number, string>> = {
  [EXIT.pass]: 'PASS',
  [EXIT.fail]: 'FAIL',
  [EXIT.inconclusive]: 'INCONCLUSIVE',
  [EXIT.regression]: 'REGRESSION',
  [EXIT.notReproduced]: 'NOT REPRODUCED',
  [EXIT.interrupted]: 'INTERRUPTED',
  [EXIT.terminated]: 'INTERRUPTED',
};

/** `PASS`, `FAIL`, …; `ERROR` where a run could not be made. */
export function suiteWord({ exitCode }: Pick<Suite, 'exitCode'>): string {
  return WORDS[exitCode] ?? 'ERROR';
}

/** The verdict that the exit code looks like. */
export function suiteLook({ exitCode }: Pick<Suite, 'exitCode'>): Result['verdict'] {
  if (exitCode === EXIT.pass) return 'pass';
  const open: readonly number[] = [EXIT.inconclusive, EXIT.interrupted, EXIT.terminated];
  return open.includes(exitCode) ? 'inconclusive' : 'fail';
}

export function suiteName({ name, tables }: Pick<Suite, 'name' | 'tables'>): string {
  return name ?? tables[0]?.suite ?? 'suite';
}

/** `all, 6 runs: 4 pass, 1 control held, 1 skipped` */
export function suiteSentence(suite: Suite): string {
  const { runs } = suite;
  const counts = OUTCOMES.flatMap((outcome) => {
    const number = runs.filter((run) => run.outcome === outcome).length;
    return number === 0 ? [] : [`${number} ${outcome}`];
  });
  const of = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
  return `${suiteName(suite)}, ${of}: ${counts.join(', ') || 'none was made'}`;
}

/** `PASS  all, 6 runs: 5 pass, 1 control held` */
export function suiteLine(suite: Suite, style: Style): string {
  const paint = { pass: style.green, fail: style.red, inconclusive: style.yellow }[suiteLook(suite)];
  return `${paint(style.bold(suiteWord(suite)))}  ${suiteSentence(suite)}`;
}
