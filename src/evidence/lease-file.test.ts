import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LeaseFileWriter, readLeaseFile } from './lease-file.js';
import type { LeaseTableEvidence } from './system.js';

const COLUMNS = ['address', 'client_id', 'subnet_id', 'expire', 'valid_lifetime', 'state'];

describe('a lease file', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lease-file-'));
    path = join(directory, 'node-1.lease4.jsonl');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function written(rows: number): LeaseTableEvidence {
    const writer = new LeaseFileWriter(path, 'node-1.lease4.jsonl', COLUMNS);
    for (let row = 0; row < rows; row++)
      writer.append([[`10.0.${row >> 8}.${row & 0xff}`, 'ff', 4, 100, 10, 0]]);
    return writer.close();
  }
  const read = (evidence: LeaseTableEvidence) => [...readLeaseFile(path, 'lease4', evidence)];

  it('is read as it was written, also where rows cross the chunks of reading', () => {
    const evidence = written(40_000);
    expect(evidence.rows).toBe(40_000);
    const rows = read(evidence);
    expect(rows).toHaveLength(40_000);
    expect(rows[39_999]?.row).toMatchObject({ address: '10.0.156.63', clientIdentifier: 'ff', subnet: 4 });
  });

  it('of an empty table has the columns and no rows', () => {
    expect(read(written(0))).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(COLUMNS)}\n`);
  });

  it('has the same digest only for the same rows', () => {
    const first = written(3).digest;
    rmSync(path);
    expect(written(3).digest).toBe(first);
    rmSync(path);
    expect(written(4).digest).not.toBe(first);
  });

  it.each([
    ['cut off', () => truncateSync(path, 100)],
    ['added to', () => appendFileSync(path, '["10.9.9.9","ff",4,100,10,0]\n')],
    ['gone', () => rmSync(path)],
  ])('that is %s is refused', (_what, damage) => {
    const evidence = written(3);
    damage();
    expect(() => read(evidence)).toThrow(expect.objectContaining({ code: 'SOURCE' }) as Error);
  });
});
