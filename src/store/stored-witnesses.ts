import { closeSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import { HarnessError, messageOf } from '../errors.js';
import { isThere } from '../files/entries.js';
import { openRegularFile } from '../files/regular-file.js';
import { readHint } from '../files/why-not.js';
import type { Anonymiser } from '../report/anonymise/anonymiser.js';
import type { WitnessOfCase } from '../report/html/input.js';
import { witnessSchema } from '../results/witness.js';
import type { Result } from '../results/result.js';
import { isJournalCut } from './own-files.js';
import { STORED } from './stored-files.js';

/** The most witnesses of a run that a report reads. */
export const WITNESSES_READ = 100_000;

const CHUNK_BYTES = 1 << 20;

const line = witnessSchema.extend({ case: z.string() });

/**
 * The first `limit` witnesses of a run: from `witnesses.jsonl`, or from the result where the run has no such file, or has one
 * of another judgement.
 * Errors: SOURCE for a file that is damaged.
 *
 * @param anonymiser the anonymiser that was already applied to the result, but not to the file
 */
export function storedWitnesses(
  directory: string,
  result: Result,
  limit: number,
  anonymiser?: Anonymiser,
): WitnessOfCase[] {
  const path = join(directory, STORED.witnesses);
  const own = resultWitnesses(result).slice(0, limit);
  if (!isThere(path) || isJournalCut(directory)) return own;
  const witnesses: WitnessOfCase[] = [];
  for (const text of linesOf(path)) {
    if (witnesses.length === limit) break;
    const witness = parsed(path, text, witnesses.length + 1);
    witnesses.push(anonymiser?.witness(witness) ?? witness);
  }
  return areOfResult(witnesses, result, limit) ? witnesses : own;
}

/**
 * Whether the witnesses of a file may be those that the result counts. It was cut if it has fewer than the result itself, and it
 * is of another judgement if it has more than were counted.
 */
function areOfResult(witnesses: readonly WitnessOfCase[], { cases }: Result, limit: number): boolean {
  const isWhole = witnesses.length < limit;
  const known = cases.map((one) => {
    const found = witnesses.filter((witness) => witness.case === one.name).length;
    const enough = found >= one.witnesses.length || !isWhole;
    return { found, fits: enough && found <= one.witnesses.length + one.witnessesOmitted };
  });
  const total = known.reduce((sum, { found }) => sum + found, 0);
  return total === witnesses.length && known.every(({ fits }) => fits);
}

/** The witnesses that a result holds itself. */
export function resultWitnesses({ cases }: Pick<Result, 'cases'>): WitnessOfCase[] {
  return cases.flatMap((one) => one.witnesses.map((witness) => ({ ...witness, case: one.name })));
}

function parsed(path: string, text: string, number: number): WitnessOfCase {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { data, success } = line.safeParse(value);
  if (success) return data;
  throw damaged(path, `line ${number} is no witness`);
}

function damaged(path: string, why: string, error?: unknown): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be read: ${why}`, {
    hint: readHint(
      error,
      'move the file away; the page then has the first witnesses, which result.json holds too',
    ),
  });
}

function opened(path: string): number {
  try {
    return openRegularFile(path);
  } catch (error) {
    throw damaged(path, messageOf(error), error);
  }
}

/**
 * The lines of a file, read in chunks. A line may be longer than a chunk: thousands of clients may share one lease.
 */
function* linesOf(path: string): Generator<string> {
  const file = opened(path);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for (let got = readSync(file, chunk); got > 0; got = readSync(file, chunk)) {
      const lines = (rest + decoder.write(chunk.subarray(0, got))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}
