import { join } from 'node:path';
import { z } from 'zod';
import { HarnessError, messageOf } from '../errors.js';
import { evidenceSchema, type Evidence } from '../evidence/evidence.js';
import { isThere, kindAt } from '../files/entries.js';
import { readJsonOf } from '../files/regular-file.js';
import { readHint } from '../files/why-not.js';
import { environmentSchema } from '../results/result.js';
import { scenarioSchema } from '../scenario/schema.js';
import { ownCommand } from '../tool.js';
import { refuseFile } from './not-a-run.js';

export const STORED_FACTS_VERSION = 1;

/** This file marks the directory of a try that another one has replaced. Histories ignore such a directory. */
export const REPLACED_FILE = 'replaced.json';

/** The files that a judgement reads, the files that it writes, and the capture. */
export const STORED = {
  facts: 'run.json',
  evidence: 'evidence.json',
  journal: 'journal.bin',
  result: 'result.json',
  capture: 'capture.pcap',
  witnesses: 'witnesses.jsonl',
  /** The list of clients that the scenario names. */
  clients: 'clients.csv',
} as const;

const factsSchema = z.object({
  schemaVersion: z.literal(STORED_FACTS_VERSION),
  tool: z.object({ name: z.string(), version: z.string() }),
  scenario: scenarioSchema,
  seed: z.number(),
  argv: z.array(z.string()).readonly(),
  startedAt: z.iso.datetime(),
  environment: environmentSchema,
  /** SHA-256 of the list of clients, hexadecimal; absent where the seed decides the clients. */
  clientsDigest: z.string().optional(),
  runDirectory: z.string(),
  /** The process that makes the run. While that process lives, no file of the run may be removed. */
  owner: z.object({ pid: z.number(), startTime: z.string() }).nullable().optional(),
});
/** The content of `run.json`: what is known of a run before its load begins. */
export type StoredFacts = z.output<typeof factsSchema>;

/** Errors: SOURCE where the file is missing, damaged or of another version. */
export function readFacts(directory: string): StoredFacts {
  return readStored(directory, STORED.facts, factsSchema);
}

/**
 * Undefined where there is no evidence: the run was killed before it could write any.
 * Errors: SOURCE where the file is damaged or of another version.
 */
export function readEvidence(directory: string): Evidence | undefined {
  if (!isThere(join(directory, STORED.evidence))) return undefined;
  return readStored(directory, STORED.evidence, evidenceSchema);
}

/** Errors: SOURCE where the path is no directory, or a directory that no run has made. */
export function requireRunDirectory(directory: string): void {
  refuseFile(directory);
  const refuse = (why: string, more = '') =>
    new HarnessError('SOURCE', `${directory} is not a run directory: ${why}`, { hint: `${HINT}${more}` });
  let kind;
  try {
    kind = kindAt(directory);
  } catch (error) {
    throw refuse(messageOf(error));
  }
  if (kind === undefined) throw refuse('it does not exist');
  const missing = [STORED.facts, STORED.journal].filter((name) => !isThere(join(directory, name)));
  if (missing.length > 0) throw refuse(`it has no ${missing.join(' and no ')}`, LISTS);
}

const LISTS = `; \`${ownCommand('index DIRECTORY')}\` lists all runs in a directory`;

const HINT = 'name a run directory of this program, such as reports/latest, with everything its run wrote';

function readStored<T>(directory: string, name: string, shape: z.ZodType<T>): T {
  const path = join(directory, name);
  const refuse = (why: string, error?: unknown) =>
    new HarnessError('SOURCE', `${path} can't be judged: ${why}`, { hint: readHint(error, HINT) });
  let value: unknown;
  try {
    value = readJsonOf(path);
  } catch (error) {
    throw refuse(messageOf(error), error);
  }
  const version = z.looseObject({ schemaVersion: z.unknown() }).safeParse(value).data?.schemaVersion;
  if (version !== 1) throw refuse(`its schemaVersion is ${String(version)}; this program reads version 1`);
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
