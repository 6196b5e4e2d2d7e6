import { join } from 'node:path';
import { z } from 'zod';
import { HarnessError, messageOf } from '../errors.js';
import type { Evidence } from '../evidence/evidence.js';
import { isThere, kindAt } from '../files/entries.js';
import { readJsonOf } from '../files/regular-file.js';
import type { ProcessId } from '../processes/process-id.js';
import type { RunFacts } from '../report/result/build.js';
import { scenarioSchema } from '../scenario/schema.js';
import { refuseFile } from './not-a-run.js';

/** The content of `run.json`: what is known of a run before its load begins. */
export interface StoredFacts extends Omit<RunFacts, 'startedAt' | 'finishedAt' | 'exitCode'> {
  schemaVersion: typeof STORED_FACTS_VERSION;
  /** UTC, ISO 8601. */
  startedAt: string;
  /** The process that makes the run. While that process lives, no file of the run may be removed. */
  owner?: ProcessId | null;
}

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
} as const;

/**
 * The schemas from here on check only as much of a file as shows that it is damaged. Without them, a damaged file
 * would look like a defect of this program.
 */
const factsShape = z.looseObject({
  startedAt: z.iso.datetime(),
  seed: z.number(),
  argv: z.array(z.string()),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  environment: z.looseObject({ kea: z.looseObject({}), database: z.looseObject({}) }),
  scenario: scenarioSchema,
});

const seen = <T extends z.ZodType>(shape: T) =>
  z.union([
    z.looseObject({ seen: shape }),
    z.looseObject({ failed: z.string() }),
    z.looseObject({ absent: z.string(), died: z.string().optional() }),
  ]);
const counters = z.record(z.string(), z.number());
const clockReading = z.looseObject({ atUs: z.number(), unixUs: z.number() });
const leaseTable = seen(z.looseObject({ file: z.string(), rows: z.number(), digest: z.string() }));
const messageCount = z.looseObject({
  identifier: z.string(),
  count: z.number(),
  errorCodes: counters,
  readErrorCodes: counters.optional(),
});

const systemShape = z.looseObject({
  replicated: z.boolean(),
  clock: z.looseObject({ start: clockReading, end: clockReading, tables: clockReading.optional() }),
  subnets: z.array(z.looseObject({ id: z.number(), case: z.string() })),
  nodes: z.array(
    z.looseObject({
      name: z.string(),
      before: seen(counters),
      after: seen(counters),
      leases: z.looseObject({ lease4: leaseTable, lease6: leaseTable }),
    }),
  ),
  servers: z.array(
    z.looseObject({
      name: z.string(),
      node: z.string(),
      before: seen(counters),
      after: seen(counters),
      log: seen(z.array(messageCount)),
    }),
  ),
  settling: z.looseObject({ settled: z.boolean(), nodes: z.array(z.looseObject({ name: z.string() })) }),
});

const resourcesShape = z.looseObject({
  cpus: z.number().nullable(),
  processes: z.array(z.looseObject({ kind: z.string(), name: z.string() })),
  samples: z.array(
    z.looseObject({
      atUs: z.number(),
      machine: z
        .looseObject({
          busyTicks: z.number(),
          totalTicks: z.number(),
          stolenTicks: z.number().optional(),
        })
        .nullable(),
      ticks: z.array(z.number().nullable()),
      eventLoop: z.looseObject({ activeMs: z.number(), idleMs: z.number() }),
      residentBytes: z.number(),
    }),
  ),
  memory: z.looseObject({ peakBytes: z.number(), judgedPeakBytes: z.number().nullable() }),
  before: z.looseObject({ busyPercent: z.number(), stolenPercent: z.number() }).nullable().optional(),
});

const evidenceShape = z.looseObject({
  finishedAt: z.iso.datetime(),
  interruptedBy: z.string().nullable(),
  deaths: z.array(
    z.looseObject({
      name: z.string(),
      signal: z.string().optional(),
      exitCode: z.number().optional(),
      after: z.string().optional(),
    }),
  ),
  drops: z.array(z.looseObject({ socket: z.string(), drops: z.number() })),
  sendErrors: z.array(z.looseObject({ socket: z.string(), errors: z.number() })).optional(),
  offered: z.array(z.looseObject({ case: z.string() })),
  acts: z.array(z.looseObject({ case: z.string(), due: z.number(), missed: z.number() })).optional(),
  observations: z.number().optional(),
  resources: resourcesShape.optional(),
  system: systemShape.optional(),
});

/** Errors: SOURCE where the file is missing, damaged or of another version. */
export function readFacts(directory: string): StoredFacts {
  return readStored(directory, STORED.facts, factsShape) as StoredFacts;
}

/**
 * Undefined where there is no evidence: the run was killed before it could write any.
 * Errors: SOURCE where the file is damaged or of another version.
 */
export function readEvidence(directory: string): Evidence | undefined {
  if (!isThere(join(directory, STORED.evidence))) return undefined;
  return readStored(directory, STORED.evidence, evidenceShape) as Evidence;
}

/** Errors: SOURCE where the path is no directory, or a directory that no run has made. */
export function requireRunDirectory(directory: string): void {
  refuseFile(directory);
  const refuse = (why: string) =>
    new HarnessError('SOURCE', `${directory} is not a run directory: ${why}`, { hint: HINT });
  let kind;
  try {
    kind = kindAt(directory);
  } catch (error) {
    throw refuse(messageOf(error));
  }
  if (kind === undefined) throw refuse('it does not exist');
  const missing = [STORED.facts, STORED.journal].filter((name) => !isThere(join(directory, name)));
  if (missing.length > 0) throw refuse(`it has no ${missing.join(' and no ')}`);
}

const HINT = 'name a run directory of this program, such as reports/latest, with everything its run wrote';

function readStored(directory: string, name: string, shape: z.ZodType): unknown {
  const path = join(directory, name);
  const refuse = (why: string) =>
    new HarnessError('SOURCE', `${path} can't be judged: ${why}`, { hint: HINT });
  let value: unknown;
  try {
    value = readJsonOf(path);
  } catch (error) {
    throw refuse(messageOf(error));
  }
  const version = z.looseObject({ schemaVersion: z.unknown() }).safeParse(value).data?.schemaVersion;
  if (version !== 1) throw refuse(`its schemaVersion is ${String(version)}; this program reads version 1`);
  const parsed = shape.safeParse(value);
  const [issue] = parsed.error?.issues ?? [];
  if (issue !== undefined) throw refuse(`${issue.path.join('.')}: ${issue.message}`);
  return parsed.data;
}
