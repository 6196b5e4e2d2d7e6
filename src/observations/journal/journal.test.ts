import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from './journal.js';
import { JournalWriter } from './journal-writer.js';
import type { Observation } from '../observation.js';
import { LAYOUT, observations, sent } from '../observation.test-support.js';
import { RECORD_BYTES } from './record.js';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(directory, 'journal.bin');
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(seen: Iterable<Observation>, to = path): void {
  const writer = JournalWriter.begin(to, LAYOUT);
  for (const observation of seen) writer.append(observation);
  writer.close();
}

const read = (): Observation[] => [...openJournal(path).observations()];
const discovers = (count: number): Observation[] => Array.from({ length: count }, (_, n) => sent(n));

describe('a journal', () => {
  it('gives back the layout and all observations in order', () => {
    let run = 0;
    fc.assert(
      fc.property(fc.array(observations), (seen) => {
        path = join(directory, `journal-${run++}.bin`);
        write(seen);
        expect(openJournal(path).layout).toEqual(LAYOUT);
        expect(read()).toEqual(seen);
      }),
    );
  });

  // The writer has batches of 1024 records, the reader of 65536.
  it.each([0, 1, 1_023, 1_024, 1_025, 65_536, 65_537, 140_000])('gives back all %i records', (count) => {
    write(discovers(count));
    let next = 0;
    for (const { transaction } of openJournal(path).observations()) {
      if (transaction !== next++) throw new Error(`${transaction} where ${next - 1} should be`);
    }
    expect(next).toBe(count);
    expect(statSync(path).size % RECORD_BYTES).toBe(0);
  });

  it('is empty until something is flushed', () => {
    const writer = JournalWriter.begin(path, LAYOUT);
    writer.append(sent(0));
    expect(read()).toEqual([]);
    writer.flush();
    expect(read()).toEqual([sent(0)]);
    writer.append({ ...sent(1), type: 'timeout', atUs: 7 });
    writer.close();
    writer.close();
    expect(read()).toHaveLength(2);
  });

  it('can be read twice', () => {
    write(discovers(3));
    const { observations: pass } = openJournal(path);
    expect([...pass()]).toEqual([...pass()]);
  });

  it.each([1, 63])('ends before a record that was cut off after %i bytes', (bytes) => {
    write(discovers(70_000));
    appendFileSync(path, Buffer.alloc(bytes, 1));
    expect(read()).toHaveLength(70_000);
  });

  it('never overwrites an existing file', () => {
    write([sent(0)]);
    expect(() => JournalWriter.begin(path, LAYOUT)).toThrow(expect.objectContaining({ code: 'STORAGE' }));
    expect(read()).toEqual([sent(0)]);
  });

  it('can’t be written in a missing directory', () => {
    expect(() => JournalWriter.begin(join(directory, 'none', 'journal.bin'), LAYOUT)).toThrow(
      expect.objectContaining({ code: 'STORAGE', exitCode: 69 }),
    );
  });
});

describe('a file that is no journal', () => {
  const broken = (change: (whole: Buffer) => Buffer): void => {
    write(discovers(2));
    writeFileSync(path, change(readFileSync(path)));
  };
  const poke =
    (at: number, ...bytes: number[]) =>
    (whole: Buffer) => {
      whole.set(bytes, at);
      return whole;
    };
  it.each<[string, () => void]>([
    ['is missing', () => undefined],
    ['is a directory', () => mkdirSync(path)],
    ['is empty', () => writeFileSync(path, '')],
    ['is a text', () => writeFileSync(path, 'time,server,client\n'.repeat(100))],
    ['ends in its header', () => broken((whole) => whole.subarray(0, 15))],
    ['ends in its layout', () => broken((whole) => whole.subarray(0, 40))],
    ['is of another version', () => broken(poke(8, 2))],
    ['has records of another size', () => broken(poke(10, 128))],
    ['says its layout has 4 GB', () => broken(poke(12, 0xff, 0xff, 0xff, 0xff))],
    ['has a layout that is no JSON', () => broken(poke(16, 0x21))],
    [
      'has JSON that is no layout',
      () => broken((whole) => poke(16, ...Buffer.from('7'.padEnd(whole.readUInt32LE(12))))(whole)),
    ],
  ])('is refused when it %s', (_, make) => {
    make();
    expect(() => openJournal(path)).toThrow(expect.objectContaining({ code: 'SOURCE', exitCode: 64 }));
  });

  it('is read up to the first invalid record and refused there', () => {
    broken((whole) => poke(whole.length - RECORD_BYTES, 99)(whole));
    const seen = openJournal(path).observations()[Symbol.iterator]();
    expect(seen.next().value).toEqual(sent(0));
    expect(() => seen.next()).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  });
});
