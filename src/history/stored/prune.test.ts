import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../../processes/process-id.js';
import { TOOL } from '../../tool.js';
import { pruneReports, type PruneRequest } from './prune.js';

let reports: string;
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'klc-prune-'));
});
afterEach(() => rmSync(reports, { recursive: true }));

/** No process has this start time. */
const GONE = { pid: 1, startTime: '-1' };

function run(path: string, owner: unknown = GONE): void {
  mkdirSync(join(reports, path), { recursive: true });
  writeFileSync(join(reports, path, 'run.json'), JSON.stringify({ tool: TOOL, owner }));
}

function suite(path: string, runs: string[], owner: unknown = GONE): void {
  for (const name of runs) run(join(path, name), owner);
  writeFileSync(join(reports, path, 'suite.json'), JSON.stringify({ schemaVersion: 1, runs }));
}

/** Three in the morning of a day in January. */
const stamp = (day: number) => `202601${String(day).padStart(2, '0')}T030000Z`;

function prune(request: Partial<PruneRequest>) {
  const { removed, spared } = pruneReports({
    reports,
    keepLast: undefined,
    keepDays: undefined,
    dryRun: false,
    isBaseline: () => false,
    now: new Date('2026-01-20T03:00:00Z'),
    ...request,
  });
  const short = (path: string) => path.slice(reports.length + 1);
  return { removed: removed.map(short), spared: spared.map(({ path, why }) => [short(path), why]) };
}

describe('pruning', () => {
  it('keeps the last of each scenario, and suites as a whole', () => {
    for (const day of [1, 2, 3]) {
      run(`a/${stamp(day)}`);
      suite(`all/${stamp(day)}`, ['a', 'b']);
    }
    run(`b/${stamp(1)}`);
    expect(prune({ keepLast: 2 })).toEqual({ removed: [`a/${stamp(1)}`, `all/${stamp(1)}`], spared: [] });
    expect(existsSync(join(reports, 'all', stamp(1)))).toBe(false);
    expect(existsSync(join(reports, 'all', stamp(2), 'b', 'run.json'))).toBe(true);
    expect(prune({ keepLast: 2 }).removed).toEqual([]);
  });

  it('keeps a run that is young enough, and a run that either rule keeps', () => {
    for (const day of [1, 10, 12, 19]) run(`a/${stamp(day)}`);
    run(`b/${stamp(1)}`);
    expect(prune({ keepDays: 9, keepLast: 1, dryRun: true }).removed).toEqual([
      `a/${stamp(1)}`,
      `a/${stamp(10)}`,
    ]);
    expect(prune({ keepDays: 9 }).removed).toEqual([`a/${stamp(1)}`, `a/${stamp(10)}`, `b/${stamp(1)}`]);
  });

  it('orders runs of the same second by their number', () => {
    for (const again of ['', '-2', '-10']) run(`a/${stamp(1)}${again}`);
    expect(prune({ keepLast: 1 }).removed).toEqual([`a/${stamp(1)}`, `a/${stamp(1)}-2`]);
  });

  it('removes nothing in a dry run', () => {
    run(`a/${stamp(1)}`);
    run(`a/${stamp(2)}`);
    expect(prune({ keepLast: 1, dryRun: true }).removed).toEqual([`a/${stamp(1)}`]);
    expect(existsSync(join(reports, 'a', stamp(1)))).toBe(true);
  });

  it('spares a baseline, the run that latest points to, and a run that is being written', () => {
    const running = identify(process.pid);
    for (const day of [1, 2]) run(`a/${stamp(day)}`);
    suite(`all/${stamp(1)}`, ['a']);
    suite(`all/${stamp(2)}`, ['a'], running);
    run(`b/${stamp(1)}`, running);
    symlinkSync(join('all', stamp(1), 'a'), join(reports, 'latest'));
    const isBaseline = (path: string) => path === join(reports, 'a', stamp(2));
    expect(prune({ keepDays: 1, isBaseline })).toEqual({
      removed: [`a/${stamp(1)}`],
      spared: [
        [`a/${stamp(2)}`, 'is a baseline'],
        [`all/${stamp(1)}`, 'is what reports/latest points to'],
        [`all/${stamp(2)}`, 'is being written'],
        [`b/${stamp(1)}`, 'is being written'],
      ],
    });
  });

  it('removes a suite that was killed, and a run', () => {
    run(`all/${stamp(1)}/a`);
    expect(prune({ keepDays: 1 }).removed).toEqual([`all/${stamp(1)}`]);
  });

  it('leaves alone whatever this program did not make, or made elsewhere', () => {
    const files = [
      `a/${stamp(1)}/notes`,
      `a/${stamp(2)}/run.json`,
      `a/mine/run.json`,
      'baselines/a/kea.json',
      `suite/${stamp(1)}/suite.json`,
    ];
    for (const file of files) {
      mkdirSync(join(reports, file, '..'), { recursive: true });
      writeFileSync(join(reports, file), '{"tool":{"name":"another"}}');
    }
    run(`mixed/${stamp(1)}/a`);
    writeFileSync(join(reports, 'mixed', stamp(1), 'notes'), 'x');
    mkdirSync(join(reports, 'a', stamp(3)));
    run('elsewhere');
    symlinkSync('../elsewhere', join(reports, 'a', stamp(4)));
    expect(prune({ keepDays: 1 })).toEqual({ removed: [], spared: [] });
    expect(files.every((file) => existsSync(join(reports, file)))).toBe(true);
    expect(pruneReports({ ...NOWHERE, now: new Date() })).toEqual({ removed: [], spared: [] });
  });
});

const NOWHERE = {
  reports: '/nowhere',
  keepLast: 1,
  keepDays: 1,
  dryRun: false,
  isBaseline: () => false,
};
