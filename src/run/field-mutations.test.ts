import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { importCapture, type CaptureOptions } from '../observations/capture/import.js';
import type { Result } from '../report/result.js';
import { judgeImported } from './imported-source.js';

/** Whatever is done to a capture, it is judged or refused; and what shows a duplicate can't be hidden by other packets. */

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mutations-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const HEADER = 24;

/** The records of a pcap file, each with its own header. */
function recordsOf(name: string): { header: Buffer; records: Buffer[] } {
  const file = readFileSync(fileURLToPath(new URL(`./field/${name}`, import.meta.url)));
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

/** @param isFree of the records by their numbers, which may be changed */
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
    // What is in the packet; its time and length stay what they are.
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

function verdictOf(bytes: Buffer, options?: CaptureOptions): Result['verdict'] | 'refused' {
  const path = join(directory, 'mutated.pcap');
  writeFileSync(path, bytes);
  try {
    return judgeImported(importCapture(path, options), []).verdict;
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'SOURCE') return 'refused';
    throw error;
  }
}

const ANY = [
  '01-bcast-3-servers-offers.pcap',
  '03-ha-hot-standby.pcap',
  '08-v6-cross-case-duplicate.pcap',
  '11b-init-reboot-nak-same-xid.pcap',
  '13-v6-ldra-both-sides.pcap',
  '16-bootp-duplicates.pcap',
  '22-two-vlans-same-address.pcap',
  '30-v6-release-one-of-two-ias.pcap',
  '33-nak-of-another-server.pcap',
  '43-opnsense-separate-renewals.pcap',
];

/** The records from the first answer of a duplicate to the second, counted from 0. */
const DUPLICATES: readonly [file: string, from: number, to: number, options?: CaptureOptions][] = [
  ['07-answers-only-duplicate.pcap', 1, 3],
  ['08-v6-cross-case-duplicate.pcap', 3, 7],
  ['16-bootp-duplicates.pcap', 1, 3],
  ['22-two-vlans-same-address.pcap', 3, 7, { vlans: 'together' }],
  ['44-renewed-separately-then-given-away.pcap', 5, 9],
];

describe('random changes', () => {
  it.each(ANY)('of %s are judged or refused', (file) => {
    const source = recordsOf(file);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        expect(verdictOf(mutated(source, mutations, () => true))).toMatch(
          /^(pass|fail|inconclusive|refused)$/,
        );
      }),
      { numRuns: 60 },
    );
  });

  it.each(DUPLICATES)('do not hide the duplicate of %s', (file, from, to, options) => {
    const source = recordsOf(file);
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
