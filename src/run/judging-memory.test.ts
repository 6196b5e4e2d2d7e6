import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryChecks } from '../judgement/machine/memory-checks.js';
import { resourcesOf } from '../judgement/machine/resources.test-support.js';
import { NOTHING_WRONG, LIMITS } from '../judgement/synthetic.test-support.js';
import { dhcp4AsPublished, resultOf } from '../report/report.test-support.js';
import { RunDirectory } from '../store/run-directory.js';
import { readEvidence, STORED } from '../store/stored-files.js';
import { withJudgingMemory } from './judging-memory.js';

const MIB = 2 ** 20;
const limits = { ...LIMITS, maxMemoryGrowthPercent: undefined };

let directory: RunDirectory;
beforeEach(() => {
  directory = new RunDirectory(mkdtempSync(join(tmpdir(), 'judging-memory-')));
});
afterEach(() => rmSync(directory.path, { recursive: true }));

it('the check of memory says what it says when the run is judged again, also just above a whole number', () => {
  const evidence = {
    ...NOTHING_WRONG,
    // As a rounded figure this is 125.00 MiB.
    resources: resourcesOf([{}, {}, {}], { peakBytes: 125 * MIB + 100 }),
  };
  directory.writeJson(STORED.evidence, evidence);
  const result = withJudgingMemory(directory, { limits }, resultOf([dhcp4AsPublished()], { evidence }));
  const stored = readEvidence(directory.path)?.resources?.memory;
  const again = memoryChecks(
    {
      peakMiB: Number(stored?.peakBytes) / MIB,
      judgedPeakMiB: Number(stored?.judgedPeakBytes) / MIB,
      growthPercent: null,
    } as Parameters<typeof memoryChecks>[0],
    limits,
  );
  const told = result.checks.find(({ name }) => name === 'run.memory');
  expect(told?.actual).toMatch(/^at most 126 MiB resident under load/);
  expect(told).toEqual(again[0]);
});
