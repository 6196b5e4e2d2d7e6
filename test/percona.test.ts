import { expect } from 'vitest';
import { environmentOf } from './support/processes.js';
import { RunFiles } from './support/run-files.js';
import { setting } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { Workspace } from './support/workspace.js';

const INSTALLATION = process.env['KEA_CONFORMANCE_PERCONA'] ?? '';

// setup/tally.mjs allows a test of exactly this name to be skipped.
test.skipIf(INSTALLATION === '')(
  'the published Percona results, on an installed Percona XtraDB Cluster',
  async ({ workspace }) => {
    const lenient = setting({ 'limits.maxStartLatenessMs': 5_000, 'limits.minRatePercent': 0 });
    const harness = workspace.start(['run', 'published-percona', '--quick', ...lenient]);
    await harness.loadBegan();
    const live = await workspace.liveDirectoryOf(harness);
    const { password } = live.database('dhcp6-ia-pd-3');
    for (const { pid, command } of live.processes) {
      expect(command).not.toContain(password);
      expect(environmentOf(pid)).not.toContain(password);
    }
    expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });
    const run = RunFiles.only(workspace.cwd, 'published-percona');
    expect(run.result).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
      environment: { database: { flavor: 'percona' } },
    });
    for (const one of run.result.cases) {
      expect(one, one.name).toMatchObject({ clients: 357, heldConcurrently: 0, overlappingLeases: 0 });
    }
    for (const [path, text] of Workspace.textsBelow(run.path)) {
      expect(text.includes(password), path).toBe(false);
    }
  },
);
