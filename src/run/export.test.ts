import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportRun } from './export.js';
import { STORED } from '../store/stored-files.js';
import { storeRun } from '../store/stored-run.test-support.js';

const CLIENTS = 30;
let directory: string;
let run: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'export-'));
  run = join(directory, 'run');
  storeRun(run, CLIENTS);
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('export', () => {
  it('writes every record, to a file or a stream', async () => {
    const out = join(directory, 'journal.csv');
    expect(await exportRun({ directory: run, format: 'csv', to: out })).toBe(0);
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 4 * CLIENTS);
    expect(lines[4]).toContain(',REQUEST-ACK,server-1,0,1,1,');
    const stream = new PassThrough();
    const text = stream.setEncoding('utf8').toArray();
    await exportRun({ directory: run, format: 'jsonl', to: stream });
    stream.end();
    expect((await text).join('').trimEnd().split('\n')).toHaveLength(4 * CLIENTS);
  });

  it('waits for a slow reader, and ends with one that goes away', async () => {
    const stream = new PassThrough({ highWaterMark: 16 });
    const exporting = exportRun({ directory: run, format: 'jsonl', to: stream });
    stream.once('readable', () => stream.destroy(Object.assign(new Error('gone'), { code: 'EPIPE' })));
    await expect(exporting).resolves.toBe(0);
  });

  it('leaves no file of a journal that turns out damaged', async () => {
    const path = join(run, STORED.journal);
    const bytes = readFileSync(path);
    // The last record gets an unknown type.
    bytes.writeUInt8(9, bytes.length - 64);
    writeFileSync(path, bytes);
    const before = readdirSync(directory);
    await expect(
      exportRun({ directory: run, format: 'csv', to: join(directory, 'out.csv') }),
    ).rejects.toMatchObject({ code: 'SOURCE' });
    expect(readdirSync(directory)).toEqual(before);
  });

  it('overwrites nothing, and refuses what is no run directory', async () => {
    const out = join(directory, 'there');
    writeFileSync(out, 'mine');
    const usage = expect.objectContaining({ code: 'USAGE' }) as unknown;
    const source = expect.objectContaining({ code: 'SOURCE', exitCode: 64 }) as unknown;
    await expect(exportRun({ directory: run, format: 'csv', to: out })).rejects.toEqual(usage);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    await expect(exportRun({ directory, format: 'csv', to: out })).rejects.toEqual(source);
  });
});
