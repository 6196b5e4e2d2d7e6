import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const TALLY = fileURLToPath(new URL('../setup/tally.mjs', import.meta.url));
const PERCONA = 'the published Percona results, on an installed Percona XtraDB Cluster';

interface Counted {
  code: number;
  lines: string[];
}

/** What CI says about a file with these tests, given in the format of vitest's JSON reporter. */
async function tallyOf(tests: readonly (readonly [fullName: string, status: string])[]): Promise<Counted> {
  const directory = mkdtempSync(join(tmpdir(), 'klt-'));
  try {
    const results = join(directory, 'results.json');
    const assertionResults = tests.map(([fullName, status]) => ({ fullName, status }));
    const testResults = [{ name: 'a.test.ts', status: 'passed', message: '', assertionResults }];
    writeFileSync(results, JSON.stringify({ testResults }));
    return await new Promise((resolve) => {
      execFile(process.execPath, [TALLY, results], (error, stdout) =>
        resolve({ code: Number(error?.code ?? 0), lines: stdout.trimEnd().split('\n') }),
      );
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test.each([
  ['all passed', [['a', 'passed']], 0, '1 passed, 0 failed'],
  ['one failed', [['a', 'passed'], ['b', 'failed']], 1, '1 passed, 1 failed'], // prettier-ignore
  ['any other one skipped', [['a', 'passed'], ['b', 'skipped']], 1, '1 passed, 1 failed'], // prettier-ignore
  ['one to be written', [['a', 'passed'], [PERCONA, 'todo']], 1, '1 passed, 1 failed'], // prettier-ignore
  ['Percona’s skipped', [['a', 'passed'], [PERCONA, 'skipped']], 0, '1 passed, 0 failed, 1 skipped'], // prettier-ignore
  ['Percona’s passed', [['a', 'passed'], [PERCONA, 'passed']], 0, '2 passed, 0 failed'], // prettier-ignore
  ['two of that name skipped', [['a', 'passed'], [PERCONA, 'skipped'], [PERCONA, 'skipped']], 1, '1 passed, 1 failed, 1 skipped'], // prettier-ignore
  ['nothing run', [[PERCONA, 'skipped']], 1, '0 passed, 1 failed, 1 skipped'],
  ['nothing at all', [], 1, '0 passed, 1 failed'],
] as const)('the tally of a run: %s', async (_, tests, code, last) => {
  const tally = await tallyOf(tests);
  expect(tally).toMatchObject({ code });
  expect(tally.lines.at(-1)).toBe(last);
});

test('what was not run is named', async () => {
  const { lines } = await tallyOf([
    ['a', 'passed'],
    [PERCONA, 'skipped'],
  ]);
  expect(lines[0]).toMatch(new RegExp(`^not run, .*KEA_CONFORMANCE_PERCONA.*: ${PERCONA}$`));
});
