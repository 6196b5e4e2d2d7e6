import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CaseLayout, Observation } from '../observation.js';
import { JournalWriter } from './journal-writer.js';
import { openJournal } from './journal.js';
import { journalPart, journalParts, MergedPass } from './parts.js';

it('several passes become one in the order of time; at the same time an earlier part comes first', () => {
  const sorted = fc.array(fc.nat({ max: 20 })).map((times) => times.sort((a, b) => a - b));
  fc.assert(
    fc.property(fc.array(sorted, { minLength: 1, maxLength: 4 }), (parts) => {
      const named = parts.map((times, part) => times.map((atUs) => ({ part, atUs })));
      const merged = [...new MergedPass(named, ({ atUs }) => atUs)];
      expect(merged).toEqual(named.flat().sort((a, b) => a.atUs - b.atUs || a.part - b.part));
    }),
  );
});

it('where one pass fails, the others end: they close their files', () => {
  let closed = false;
  function* open(): Generator<number> {
    try {
      yield 1;
      yield 4;
    } finally {
      closed = true;
    }
  }
  function* failing(): Generator<number> {
    yield 2;
    throw new Error('unreadable');
  }
  const merged = new MergedPass([open(), failing()], (one) => one);
  expect([merged.next().value, merged.next().value]).toEqual([1, 2]);
  expect(() => merged.next()).toThrow('unreadable');
  expect(closed).toBe(true);
});

it('the parts of a journal are numbered from 2, and end where one is missing', () => {
  const directory = mkdtempSync(join(tmpdir(), 'parts-'));
  const path = join(directory, 'journal.bin');
  for (const name of ['journal.bin', 'journal-2.bin', 'journal-4.bin'])
    writeFileSync(join(directory, name), '');
  expect(journalParts(path)).toEqual([path, join(directory, 'journal-2.bin')]);
  rmSync(directory, { recursive: true });
});

const CASE: CaseLayout = {
  name: 'dhcp4',
  leaseType: 'address',
  phases: ['DISCOVER-OFFER'],
  servers: ['server-1'],
  clients: 2,
};

it('a journal of several parts is one; parts of different runs are refused', () => {
  const directory = mkdtempSync(join(tmpdir(), 'parts-'));
  const path = join(directory, 'journal.bin');
  const write = (part: number, clients: number): void => {
    const journal = JournalWriter.begin(journalPart(path, part), { cases: [{ ...CASE, clients }] });
    const one: Observation = {
      ...{ type: 'timeout', caseIndex: 0, phase: 'DISCOVER-OFFER', server: 0, client: part },
      ...{ attempt: 1, transaction: part, atUs: 10 - part },
    };
    journal.append(one);
    journal.close();
  };
  write(0, 2);
  write(1, 2);
  const journal = openJournal(path);
  expect(journal.records).toBe(2);
  expect([...journal.observations()].map(({ client }) => client)).toEqual([1, 0]);
  write(2, 3);
  expect(() => openJournal(path)).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  rmSync(directory, { recursive: true });
});
