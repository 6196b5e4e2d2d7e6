import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../analysis/judge.js';
import { EXIT, HarnessError, messageOf } from '../errors.js';
import type { Evidence } from '../evidence/model.js';
import { openJournal } from '../observations/journal.js';
import { buildResult, type RunFacts } from '../report/build.js';
import type { Result } from '../report/result.js';

/** What is known of a run before its load begins: `run.json`. */
export interface StoredFacts extends Omit<RunFacts, 'startedAt' | 'finishedAt' | 'exitCode'> {
  schemaVersion: typeof STORED_FACTS_VERSION;
  /** UTC, ISO 8601. */
  startedAt: string;
}

export const STORED_FACTS_VERSION = 1;

/** The files of a run directory that a judgement needs, and the one it makes. */
export const STORED = {
  facts: 'run.json',
  evidence: 'evidence.json',
  journal: 'journal.bin',
  result: 'result.json',
} as const;

/**
 * Judges a run from what it stored, and from nothing else; the same whether the run has just ended or lies back years.
 * Errors: SOURCE where a file is missing, damaged or of another version.
 */
export function judgeStoredRun(directory: string): Result {
  const facts = readStored<StoredFacts>(directory, STORED.facts, STORED_FACTS_VERSION);
  const evidence = readEvidence(directory);
  const { layout, observations } = openJournal(join(directory, STORED.journal));
  const { scenario } = facts;
  const judgement = judge({ layout, scenario, evidence }, observations());
  return buildResult(
    {
      ...facts,
      startedAt: new Date(facts.startedAt),
      finishedAt: new Date(evidence.finishedAt),
      ...(evidence.endedEarly === null ? {} : { exitCode: EXIT.prerequisite }),
    },
    judgement,
  );
}

function readEvidence(directory: string): Evidence {
  return readStored<Evidence>(directory, STORED.evidence, 1);
}

function readStored<T extends { schemaVersion: number }>(
  directory: string,
  name: string,
  version: T['schemaVersion'],
): T {
  const path = join(directory, name);
  let value: T;
  try {
    value = JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    throw notJudged(path, messageOf(error));
  }
  if (value.schemaVersion !== version) {
    throw notJudged(path, `it is of version ${String(value.schemaVersion)}, this program reads ${version}`);
  }
  return value;
}

function notJudged(path: string, why: string): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be judged: ${why}`, {
    hint: 'name a run directory of this program, with everything its run wrote',
  });
}
