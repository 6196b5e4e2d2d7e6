import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { comparisonsSchema, type Comparisons } from '../src/compare/comparison.js';
import { machineShortage } from '../src/compare/machine.js';
import { RunFiles } from './support/run-files.js';
import { smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

/** A tolerance for latencies: more than a busy machine adds, and less than the pause below. */
const PATIENT = 'latency: { p50: { ms: 1500 }, p90: { ms: 1500 }, p99: { ms: 1500 } }\n';
const PAUSE_MS = 4_000;
/** The test is about the comparison, so no replication is needed. */
const PLAIN = { 'cluster.flavor': 'standalone' };
/** The load begins before the pause and would end within it. */
const LOAD = { ...PLAIN, 'load.clientsPerServer': 30 };
const AGAINST_BASELINE = ['--baseline', '--tolerances', 'patient.yaml'];

function patient({ cwd }: Workspace): void {
  writeFileSync(join(cwd, 'patient.yaml'), PATIENT);
}

/** Makes a run during which its Kea is stopped for a while. */
async function pausedRun(workspace: Workspace): Promise<{ code: number | null; stdout: string }> {
  const harness = workspace.start(smallRun(LOAD, ...AGAINST_BASELINE));
  // Not before: a server that stands still while its counters are read before the load makes the run inconclusive.
  await harness.loadBegan();
  const { pid } = (await workspace.liveDirectoryOf(harness)).server('dhcp4-1');
  process.kill(pid, 'SIGSTOP');
  // This is how long the fault lasts. Nothing waits for an event here.
  await sleep(PAUSE_MS);
  process.kill(pid, 'SIGCONT');
  await harness.ended;
  return harness;
}

/**
 * The expected exit code. If the machine was short of something in a run, the pause can't be told from that shortage.
 */
function codeOf(...runs: readonly RunFiles[]): number {
  return runs.every(({ result }) => machineShortage(result) === undefined) ? 3 : 0;
}

test('a run made worse exits with 3 and says why first; an equal run exits with 0; a run with other settings is refused', async ({
  workspace,
}) => {
  patient(workspace);
  const first = await workspace.run(smallRun(LOAD));
  expect(first.code, first.output).toBe(0);
  const marked = await workspace.run(['baseline', 'set', 'reports/latest']);
  expect(marked.stdout).toMatch(/^small \(pass\): reports\/baselines\/small\/kea-[\w.-]+\.json\n$/);

  const same = await workspace.run(smallRun(LOAD, ...AGAINST_BASELINE));
  expect(same.code, same.output).toBe(0);
  expect(same.stdout).toMatch(/^\nNO REGRESSION( IN COUNTS)? small: [^]*\d+ figures compared/);

  const worse = await pausedRun(workspace);
  const [baseline, good, bad] = RunFiles.in(workspace.cwd, 'small');
  if (baseline === undefined || good === undefined || bad === undefined) throw new Error('runs are missing');
  const code = codeOf(baseline, bad);
  expect(worse.code, worse.stdout).toBe(code);
  if (code === 3) {
    const [, ...lines] = worse.stdout.split('\n');
    const regressions = lines.slice(0, lines.indexOf(''));
    expect(regressions.every((line) => line.startsWith('REGRESSION small: '))).toBe(true);
    expect(regressions.join('\n')).toMatch(
      /^REGRESSION small: dhcp4 DISCOVER-OFFER latency p99 \d+\.\d → [34],\d{3} ms \(\+[\d,]+%, allowed \+1,500 ms\)$/m,
    );
  } else {
    expect(worse.stdout.replace(/\s+/g, ' ')).toContain('latency and rate are not compared of the ');
  }

  expect(JSON.parse(bad.text('comparison.json'))).toMatchObject({ exitCode: code });
  const between = await workspace.run([
    'compare',
    bad.path,
    good.path,
    '--tolerances',
    'patient.yaml',
    '--json',
  ]);
  expect(between.code, between.output).toBe(codeOf(good, bad));
  const { comparisons }: Comparisons = comparisonsSchema.parse(JSON.parse(between.stdout));
  expect(comparisons[0]?.baseline).toMatchObject({ kind: 'run', runs: 1 });
  // A run is never worse than itself.
  expect((await workspace.run(['compare', bad.path, bad.path])).code).toBe(2);

  const other = await workspace.run(smallRun({ ...PLAIN, 'load.clientsPerServer': 5 }, ...AGAINST_BASELINE));
  expect(other.code, other.output).toBe(2);
  const unwrapped = other.stdout.replace(/\s+/g, ' ');
  expect(unwrapped).toMatch(/^ CAN'T COMPARE small: its circumstances differ from those of its baseline /);
  expect(unwrapped).toContain('scenario.load.clientsPerServer is 5, was 30');
  const anyway = await workspace.run([
    'compare',
    'reports/latest',
    good.path,
    '--anyway',
    '--tolerances',
    'patient.yaml',
  ]);
  expect(anyway.stdout.replace(/\s+/g, ' ')).toContain(
    'compared although scenario.load.clientsPerServer differs: 5 now, 30 in the baseline',
  );
});
