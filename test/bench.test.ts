import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { test } from './support/test-with-workspace.js';

const BENCH = fileURLToPath(new URL('bench/side-by-side/main.mjs', import.meta.url));

/** The figures of one second mean nothing. The test shows only that the bench makes them. */
test('the bench drives perfdhcp and the harness against one Kea, and writes what each completed', async ({
  workspace,
}) => {
  const out = join(workspace.cwd, 'bench');
  const args = ['--only', 'cpu', '--rounds', '1', '--seconds', '1', '--out', out];
  const bench = spawn(process.execPath, [BENCH, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [table, complaints] = await Promise.all([text(bench.stdout), text(bench.stderr)]);
  expect(table, complaints).toContain("| CPU for an exchange at 2,000/s, divided by perfdhcp's |");

  const { raw, figures } = JSON.parse(readFileSync(join(out, 'latest.json'), 'utf8')) as {
    raw: { cpu: { tool: string; completed: number; cpuPerExchangeUs: number }[] };
    figures: { key: string; value: { median: number } }[];
  };
  expect(raw.cpu.map(({ tool }) => tool)).toEqual(['perfdhcp', 'harness', 'perfdhcp', 'harness']);
  for (const { completed, cpuPerExchangeUs } of raw.cpu) {
    expect(completed).toBeGreaterThan(0);
    expect(cpuPerExchangeUs).toBeGreaterThan(0);
  }
  expect(figures.map(({ key }) => key)).toEqual(['cpu.2000', 'cpu.5000', 'late']);
  for (const { value } of figures) expect(value.median).toBeGreaterThan(0);
});
