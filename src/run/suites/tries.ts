import { basename, join } from 'node:path';
import { EXIT, HarnessError } from '../../errors.js';
import type { Result } from '../../results/result.js';
import type { SuiteTry } from '../../report/suite-result.js';
import type { Interruption } from '../interruption.js';
import { isFree } from '../../store/report-directory.js';
import type { OneRun } from './suite.js';
import { replaceFile } from '../../store/replace-file.js';
import { REPLACED_FILE } from '../../store/stored-files.js';

/**
 * With `--retry-inconclusive`, an inconclusive run is made again. A further try replaces only a try that can't tell.
 * The first try that says something about the servers counts, and no try follows it.
 */

export interface TriesRequest {
  /** How often a run that can't tell is made again at most. */
  retries: number;
  interruption: Interruption;
  say: (text: string) => void;
  /** @param number from 1 */
  make: (number: number) => Promise<OneRun>;
}

/** @returns every try; the last one counts */
export async function makeTries({ retries, interruption, say, make }: TriesRequest): Promise<OneRun[]> {
  const tries: OneRun[] = [];
  for (let number = 1; ; number++) {
    const one = await make(number);
    tries.push(one);
    if (number > retries || interruption.interrupted !== undefined || !mayTellNextTime(one)) break;
    say(`\n${one.outcome}: the run is made again (try ${number + 1} of at most ${retries + 1})`);
  }
  // A last try without a result replaces nothing: the try before it is still the last that says something.
  if (lastOf(tries).result !== undefined) for (const one of tries.slice(0, -1)) markReplaced(one);
  return tries;
}

/** The last try, which counts. */
export function lastOf(tries: readonly OneRun[]): OneRun {
  const last = tries.at(-1);
  if (last === undefined) throw new RangeError('a run without a try');
  return last;
}

/** The tries as `suite.json` lists them; undefined where there was only one. */
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

/** Called before anything is started. Errors: USAGE where a directory that a further try would take is not empty. */
export function refuseTakenDirectories(first: string, retries: number): void {
  for (let number = 2; number <= retries + 1; number++) {
    const path = directoryOfTry(first, number);
    if (isFree(path)) continue;
    throw new HarnessError('USAGE', `${path} is not empty, but try ${number} would be written there`, {
      hint: 'name another directory with --out, or give --retry-inconclusive 0',
    });
  }
}

/**
 * Whether another try could say more. A run in which a comparison found a regression has another exit code, and that
 * counts. A run on another topology than the article's stays another experiment however often it is made.
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

/** Errors: STORAGE. */
function markReplaced({ directory, outcome }: OneRun): void {
  if (directory === undefined) return;
  const text = JSON.stringify({ schemaVersion: 1, outcome, why: 'a further try was made' }, null, 2);
  replaceFile(join(directory, REPLACED_FILE), [`${text}\n`]);
}
