import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HarnessError } from '../../errors.js';
import { importCapture, type CaptureOptions } from '../../observations/import/capture/import.js';
import type { Imported } from '../../observations/import/imported.js';
import { importPerfdhcp } from '../../observations/import/perfdhcp/import.js';
import type { Result } from '../../results/result.js';
import { judgeImported, type JudgingOptions } from './imported-source.js';

type Options = CaptureOptions & JudgingOptions;

/** Whatever is done to a capture, it is judged or refused. Changes to other packets can't hide a duplicate. */

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mutations-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const HEADER = 24;

/** The records of a pcap file, each with its own header. */
function recordsOf(name: string): { header: Buffer; records: Buffer[] } {
  const file = readFileSync(fileURLToPath(new URL(`./${name}`, import.meta.url)));
  const records: Buffer[] = [];
  for (let at = HEADER; at < file.length;) {
    const length = 16 + file.readUInt32LE(at + 8);
    records.push(file.subarray(at, at + length));
    at += length;
  }
  return { header: file.subarray(0, HEADER), records };
}

type Mutation =
  | { do: 'flip'; at: number; byte: number; bits: number }
  | { do: 'drop' | 'twice' | 'cut'; at: number; byte: number; bits: number };

const mutation: fc.Arbitrary<Mutation> = fc.record({
  do: fc.constantFrom('flip', 'flip', 'flip', 'drop', 'twice', 'cut'),
  at: fc.nat(1_000_000),
  byte: fc.nat(1_000_000),
  bits: fc.integer({ min: 1, max: 255 }),
});

/** @param isFree whether the record with this number may be changed */
function mutated(
  { header, records }: ReturnType<typeof recordsOf>,
  mutations: readonly Mutation[],
  isFree: (record: number) => boolean,
): Buffer {
  const changed: Buffer[][] = records.map((record) => [Buffer.from(record)]);
  const free = records.flatMap((_, number) => (isFree(number) ? [number] : []));
  for (const { do: what, at, byte, bits } of mutations) {
    const its = changed[free[at % Math.max(1, free.length)] ?? -1];
    const [record] = its ?? [];
    if (its === undefined || record === undefined || record.length <= 16) continue;
    // Only the content of the packet changes. Its time and length stay.
    const place = 16 + (byte % (record.length - 16));
    if (what === 'flip') record[place] = (record[place] ?? 0) ^ bits;
    else if (what === 'drop') its.length = 0;
    else if (what === 'twice') its.push(Buffer.from(record));
    else {
      const cut = Buffer.from(record.subarray(0, place));
      cut.writeUInt32LE(cut.length - 16, 8);
      its[0] = cut;
    }
  }
  return Buffer.concat([header, ...changed.flat()]);
}

function verdictOf(
  bytes: Buffer,
  options: Options = {},
  read: (path: string) => Imported = (path) => importCapture(path, options),
): Result['verdict'] | 'refused' {
  const path = join(directory, 'mutated');
  writeFileSync(path, bytes);
  try {
    return judgeImported(read(path), [], options).verdict;
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'SOURCE') return 'refused';
    throw error;
  }
}

/** Every capture of the tables that is a pcap file whose records can be split. */
const CAPTURES = ['field', 'built'].flatMap((directory) =>
  readdirSync(fileURLToPath(new URL(`./${directory}`, import.meta.url)))
    .filter((name) => name.endsWith('.pcap'))
    .map((name) => `${directory}/${name}`),
);
const OUTPUTS = ['p-aval.out', 'p-concat.out', 'p-renew.out', 'p-trail.out'];

/** The numbers of the records from the first answer of a duplicate to the second, counted from 0. */
const DUPLICATES: readonly [file: string, from: number, to: number, options?: Options][] = [
  ['field/07-answers-only-duplicate.pcap', 1, 3],
  ['field/07b-one-request-not-captured.pcap', 19, 120],
  ['field/08-v6-cross-case-duplicate.pcap', 3, 7],
  ['field/16-bootp-duplicates.pcap', 1, 3],
  ['field/17-decline-then-other-client.pcap', 3, 8, { declinedForS: 86_400 }],
  ['field/22-two-vlans-same-address.pcap', 3, 7, { vlans: 'together' }],
  ['field/44-renewed-separately-then-given-away.pcap', 5, 9],
];

describe('random changes', () => {
  it.each(CAPTURES)('of %s are judged or refused', (file) => {
    const source = recordsOf(file);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        expect(verdictOf(mutated(source, mutations, () => true))).toMatch(
          /^(pass|fail|inconclusive|refused)$/,
        );
      }),
      { numRuns: 20 },
    );
  });

  it.each(OUTPUTS)('of %s are judged or refused', (file) => {
    const source = readFileSync(fileURLToPath(new URL(`./field/${file}`, import.meta.url)));
    const change = fc.record({ at: fc.nat(source.length - 1), byte: fc.nat(255), length: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(source);
        for (const { at, byte, length } of changes) bytes.fill(byte, at, Math.min(bytes.length, at + length));
        expect(verdictOf(bytes, {}, (path) => importPerfdhcp([path]))).toMatch(
          /^(pass|fail|inconclusive|refused)$/,
        );
      }),
      { numRuns: 60 },
    );
  });

  it.each(DUPLICATES)('do not hide the duplicate of %s', (file, from, to, options) => {
    const source = recordsOf(file);
    expect(source.records.length, 'records that may be changed').toBeGreaterThan(to - from + 1);
    expect(
      verdictOf(
        mutated(source, [], () => true),
        options,
      ),
    ).toBe('fail');
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        const bytes = mutated(source, mutations, (record) => record < from || record > to);
        expect(verdictOf(bytes, options)).toBe('fail');
      }),
      { numRuns: 80 },
    );
  });
});
