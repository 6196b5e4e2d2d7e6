import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HarnessError } from '../../errors.js';
import { importCapture } from '../../observations/import/capture/import.js';
import type { Result } from '../../results/result.js';
import { judgeImported } from './imported-source.js';

/** Captures with a snap length, such as from `tcpdump -s 300`. A message that was cut off may have said more. */

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cut-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** In these files, only the part that was cut off shows that there is no duplicate. */
const TOLD_AT_THE_END = [
  'two-vpns.pcap',
  'two-vpns-of-clients.pcap',
  'two-vpns-beside-the-global-space.pcap',
  'answers-only-zero-lifetime.pcap',
  'port-sets-of-one-address.pcap',
];

/** The offset of DHCPv4's options, behind Ethernet, IP, UDP and the fixed header. */
const OPTIONS_AT = 14 + 20 + 8 + 240;

const HEALTHY = ['field', 'built'].flatMap((folder) =>
  readdirSync(fileURLToPath(new URL(`./${folder}`, import.meta.url)))
    .filter((name) => name.endsWith('.pcap') && !TOLD_AT_THE_END.includes(name))
    .map((name) => `${folder}/${name}`)
    .filter((name) => judgedBytes(readCapture(name), tmpdir()) === 'pass'),
);

function readCapture(name: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`./${name}`, import.meta.url)));
}

function judgedBytes(bytes: Buffer, where = directory): Result['verdict'] | 'refused' {
  const path = join(where, `cut-${process.pid}.pcap`);
  writeFileSync(path, bytes);
  try {
    return judgeImported(importCapture(path), []).verdict;
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'SOURCE') return 'refused';
    throw error;
  } finally {
    rmSync(path);
  }
}

/** @returns undefined where no packet is longer than `most` */
function cutTo(file: Buffer, most: number): Buffer | undefined {
  const parts = [file.subarray(0, FILE_HEADER)];
  let isCut = false;
  for (let at = FILE_HEADER; at < file.length;) {
    const length = file.readUInt32LE(at + 8);
    const record = Buffer.from(file.subarray(at, at + RECORD_HEADER + Math.min(length, most)));
    record.writeUInt32LE(record.length - RECORD_HEADER, 8);
    isCut ||= length > most;
    parts.push(record);
    at += RECORD_HEADER + length;
  }
  return isCut ? Buffer.concat(parts) : undefined;
}

/** Each length at which the first options end, and some other lengths. */
const LENGTHS = [
  60,
  96,
  128,
  160,
  192,
  256,
  ...Array.from({ length: 24 }, (_, i) => OPTIONS_AT - 4 + i),
  330,
];

describe('healthy traffic, cut short', () => {
  it('includes all kinds of traffic', () => {
    expect(HEALTHY.length).toBeGreaterThan(40);
  });

  it.each(HEALTHY)('%s does not fail and does not pass', (name) => {
    const file = readCapture(name);
    const verdicts = LENGTHS.flatMap((length) => cutTo(file, length) ?? []).map((bytes) =>
      judgedBytes(bytes),
    );
    expect(verdicts.filter((verdict) => verdict !== 'inconclusive' && verdict !== 'refused')).toEqual([]);
  });
});

it('a duplicate in the captured part is found', () => {
  const file = readCapture('field/07-answers-only-duplicate.pcap');
  expect(judgedBytes(cutTo(file, 300) ?? Buffer.alloc(0))).toBe('fail');
});
