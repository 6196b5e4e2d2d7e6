import { basename, join } from 'node:path';
import { EXIT, HarnessError } from '../errors.js';
import type { Result } from '../report/result.js';
import type { SuiteTry } from '../report/suite/suite-result.js';
import type { Interruption } from './interruption.js';
import { isFree } from './report-directory.js';
import type { OneRun } from './suite.js';
import { replaceFile } from './write-reports.js';

/**
 * A run that could not tell is made again (`--retry-inconclusive`). A further try replaces "can't tell" alone: what any try
 * says of the servers counts, and ends the tries.
 */

export interface TriesRequest {
  /** How often a run that can't tell is made again at most. */
  retries: number;
  interruption: Interruption;
  say: (text: string) => void;
  /** @param number from 1 */
  make: (number: number) => Promise<OneRun>;
}

/** @returns every try, the last of which counts */
export async function makeTries({ retries, interruption, say, make }: TriesRequest): Promise<OneRun[]> {
  const tries: OneRun[] = [];
  for (let number = 1; ; number++) {
    const one = await make(number);
    tries.push(one);
    if (number > retries || interruption.interrupted !== undefined || !mayTellNextTime(one)) break;
    say(`\n${one.outcome}: it is tried again, ${number + 1} of at most ${retries + 1} tries`);
  }
  // What only another try without a result came after is still the last that tells anything.
  if (lastOf(tries).result !== undefined) for (const one of tries.slice(0, -1)) markReplaced(one);
  return tries;
}

/** The one that counts. */
export function lastOf(tries: readonly OneRun[]): OneRun {
  const last = tries.at(-1);
  if (last === undefined) throw new RangeError('a run without a try');
  return last;
}

/** As `suite.json` has them; undefined where the first was the only one. */
export function toldTries(tries: readonly OneRun[], firstDirectory: string): SuiteTry[] | undefined {
  if (tries.length === 1) return undefined;
  return tries.map(({ result, outcome, exitCode }, index) => ({
    directory: basename(directoryOfTry(firstDirectory, index + 1)),
    verdict: result?.verdict ?? null,
    reproduction: result?.reproduction?.verdict ?? null,
    outcome,
    exitCode,
  }));
}

/** `galera`, `galera-try-2`, … */
export function directoryOfTry(first: string, number: number): string {
  return number === 1 ? first : `${first}-try-${number}`;
}

/** Before anything is started. Errors: USAGE where a directory that a further try would take is not empty. */
export function refuseTakenDirectories(first: string, retries: number): void {
  for (let number = 2; number <= retries + 1; number++) {
    const path = directoryOfTry(first, number);
    if (isFree(path)) continue;
    throw new HarnessError('USAGE', `${path} is not empty, and a further try would go there`, {
      hint: 'name another directory with --out, or take --retry-inconclusive 0',
    });
  }
}

/**
 * Whether another try could say more. Its exit code is another one where a comparison has found what got worse, which
 * counts; a run that is another experiment than the article's stays one.
 */
export function mayTellNextTime({ result, outcome, exitCode }: OneRun): boolean {
  if (result === undefined || exitCode !== EXIT.inconclusive) return false;
  return outcome === 'inconclusive' || (outcome === 'not comparable' && !isOtherExperiment(result));
}

function isOtherExperiment({ reproduction }: Pick<Result, 'reproduction'>): boolean {
  return (
    reproduction?.premises.some(({ name, verdict }) => name === 'premise.topology' && verdict !== 'pass') ===
    true
  );
}

/** In the directory of a try that another one has replaced: histories pass it over. */
export const REPLACED_FILE = 'replaced.json';

/** Errors: STORAGE. */
function markReplaced({ directory, outcome }: OneRun): void {
  if (directory === undefined) return;
  const text = JSON.stringify({ schemaVersion: 1, outcome, why: 'a further try was made' }, null, 2);
  replaceFile(join(directory, REPLACED_FILE), [`${text}\n`]);
}
