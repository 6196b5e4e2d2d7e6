import { closeSync, fstatSync, readSync } from 'node:fs';
import { z } from 'zod';
import { HarnessError, messageOf } from '../../errors.js';
import { openRegularFile } from '../../files/regular-file.js';
import { HEADER_BYTES, MAGIC, VERSION } from './format.js';
import { PHASES } from '../../protocol/phases.js';
import type { Layout, Observation } from '../observation.js';
import { decoded, decodeRecord, RECORD_BYTES, type Decoded } from './record.js';

const READ_RECORDS = 65_536;

/** A journal opened for reading. */
export interface Journal {
  layout: Layout;
  /** Bytes of an incomplete last record, which a killed run leaves; 0 if the last record is complete. */
  cutOffBytes: number;
  /** Number of complete records. */
  records: number;
  /** One pass over the records, in order. */
  observations: () => Iterable<Observation>;
  /** As `observations`, but each overwrites the one before: for a reader that is fast and keeps none. */
  passing: () => Iterable<Observation>;
}

/**
 * Opens a journal. The observations end before an incomplete last record, which a killed run leaves.
 * Errors: SOURCE for a file that is no journal or has another version.
 */
export function openJournal(path: string): Journal {
  const file = openSource(path);
  try {
    const stat = fstatSync(file);
    const header = Buffer.alloc(HEADER_BYTES);
    const got = readSync(file, header, 0, HEADER_BYTES, 0);
    if (got < HEADER_BYTES || header.toString('latin1', 0, 8) !== MAGIC)
      throw foreign(path, 'it is not a journal');
    const version = header.readUInt16LE(8);
    if (version !== VERSION)
      throw foreign(path, `its version is ${version}; this program reads version ${VERSION}`);
    const recordBytes = header.readUInt16LE(10);
    if (recordBytes !== RECORD_BYTES) throw foreign(path, `its records have ${recordBytes} bytes`);
    const layoutBytes = header.readUInt32LE(12);
    if (layoutBytes > stat.size - HEADER_BYTES) throw foreign(path, 'its header is cut off');
    const json = Buffer.alloc(layoutBytes);
    readSync(file, json, 0, layoutBytes, HEADER_BYTES);
    return {
      layout: parseLayout(path, json.toString('utf8')),
      records: Math.floor((stat.size - HEADER_BYTES - layoutBytes) / RECORD_BYTES),
      cutOffBytes: (stat.size - HEADER_BYTES - layoutBytes) % RECORD_BYTES,
      observations: () => readRecords(path, HEADER_BYTES + json.length),
      passing: () => readRecords(path, HEADER_BYTES + json.length, decoded()),
    };
  } finally {
    closeSync(file);
  }
}

function* readRecords(path: string, start: number, into?: Decoded): Generator<Observation> {
  const file = openSource(path);
  try {
    const chunk = Buffer.alloc(READ_RECORDS * RECORD_BYTES);
    const records = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let position = start; ;) {
      const got = readSync(file, chunk, 0, chunk.length, position);
      const whole = got - (got % RECORD_BYTES);
      for (let at = 0; at < whole; at += RECORD_BYTES) {
        const observation = decodeRecord(records, at, into);
        if (observation === undefined) {
          throw foreign(path, `record ${(position + at - start) / RECORD_BYTES} is invalid`);
        }
        yield observation;
      }
      if (whole < chunk.length) return;
      position += whole;
    }
  } finally {
    closeSync(file);
  }
}

function openSource(path: string): number {
  try {
    return openRegularFile(path);
  } catch (error) {
    throw foreign(path, messageOf(error));
  }
}

const layoutSchema = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      leaseType: z.enum(['address', 'prefix']),
      phases: z.array(z.enum(PHASES)),
      servers: z.array(z.string()),
      clients: z.int().min(0),
    }),
  ),
});

function parseLayout(path: string, json: string): Layout {
  try {
    return layoutSchema.parse(JSON.parse(json));
  } catch {
    throw foreign(path, 'its header is damaged');
  }
}

function foreign(path: string, why: string): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be judged: ${why}`, {
    hint: 'name a run directory of this program, with the journal its run wrote',
  });
}
