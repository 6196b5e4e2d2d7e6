import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { trendSchema } from '../../src/history/trend-schema.js';
import { suiteSchema } from '../../src/report/suite-result.js';
import { NO_HURRY, setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

/** No process fits into a mebibyte, so every try is inconclusive. */
const NEVER_TELLS = setting({
  cases: '[dhcp4]',
  'load.clientsPerServer': 6,
  ...NO_HURRY,
  'limits.maxMemoryMiB': 1,
});

test("runs of a suite that can't tell are made again, and count once each", async ({ workspace }) => {
  const suite = [
    'run',
    'small.yaml',
    'small.yaml',
    ...NEVER_TELLS,
    '--retry-inconclusive',
    '1',
    '--out',
    'twice',
  ];
  const several = await workspace.run(suite);
  expect(several.code, several.output).toBe(2);
  const { runs } = suiteSchema.parse(
    JSON.parse(readFileSync(join(workspace.cwd, 'twice', 'suite.json'), 'utf8')),
  );
  expect(runs.map(({ directory, tries }) => [directory, tries?.map((one) => one.directory)])).toEqual([
    ['small-try-2', ['small', 'small-try-2']],
    ['small-2-try-2', ['small-2', 'small-2-try-2']],
  ]);
  expect(several.stdout).toContain('try 2: inconclusive (small-2-try-2)');
  const trend = await workspace.run(['trend', '.', '--json']);
  const { groups } = trendSchema.parse(JSON.parse(trend.stdout));
  expect(groups.flatMap((group) => group.runs)).toHaveLength(2);
});
