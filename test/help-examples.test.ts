import { copyFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { helpExamples } from './support/help-examples.js';
import { SMALL_SCENARIO } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

/**
 * Examples of these commands are only rehearsed (src/reference/help.test.ts). They start servers or touch what others
 * run. Other tests run these commands with smaller settings.
 */
const REHEARSED = ['run', 'find-limit', 'cluster check', 'doctor', 'clean'];

test('the examples in --help do what they say, if the runs that they name exist', async ({ workspace }) => {
  await prepare(workspace);
  const { examples } = await helpExamples();
  for (const { command, line, words } of examples) {
    if (REHEARSED.includes(command)) continue;
    const { code, output } = await workspace.run(words);
    expect(code, `${line}\n${output}`).toBe(0);
  }
});

/**
 * Makes what the examples name: a latest run, two more, a baseline, perfdhcp outputs for three servers, and a
 * capture.
 */
async function prepare(workspace: Workspace): Promise<void> {
  const at = (name: string) => join(workspace.cwd, name);
  writeFileSync(at('small.yaml'), SMALL_SCENARIO.replace('name: small', 'name: published-galera'));
  const made = async (...words: string[]) => {
    const { code, output } = await workspace.run(words);
    expect(code, output).toBe(0);
  };
  await made('run', 'small.yaml');
  await made('baseline', 'set', 'reports/latest');
  symlinkSync(realpathSync(at('reports/latest')), at('last-night'));
  // A run can't be compared with itself.
  await made('run', 'small.yaml');
  symlinkSync('reports/latest', at('tonight'));
  const fixtures = new URL('../src/observations/import/perfdhcp/fixtures/', import.meta.url);
  for (const [index, name] of ['a.out', 'b.out', 'c.out'].entries())
    copyFileSync(new URL(`dhcp4-${index + 1}.out`, fixtures), at(name));
  const capture = new URL('../src/observations/import/capture/fixtures/dhcp4-ethernet.pcap', import.meta.url);
  copyFileSync(capture, at('capture.pcap'));
}
