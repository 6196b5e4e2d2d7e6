import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { eventSchema, STAGES } from '../src/run/events/schema.js';
import { RunFiles } from './support/run-files.js';
import { shippedSchemaProblems } from './support/shipped-schema.js';
import { smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { commandLine, type Workspace } from './support/workspace.js';

const CAPTURE = fileURLToPath(
  new URL('../src/observations/import/capture/fixtures/dhcp4-ethernet.pcap', import.meta.url),
);

const ESCAPE = '\u001b';
/** The control sequence that removes the live lines before they are drawn again. */
const REDRAW = `${ESCAPE}[1A${ESCAPE}[0J`;
/** A colour or a weight (ECMA-48, select graphic rendition). */
const STYLED = new RegExp(`${ESCAPE}\\[[0-9;]*m`);

test.concurrent(
  'without a terminal there are plain lines, the report alone on standard output',
  async ({ workspace }) => {
    const { code, stdout, stderr } = await workspace.run(smallRun());
    expect(code, stderr).toBe(0);
    expect(stdout + stderr).not.toContain(ESCAPE);
    expect(stdout + stderr).not.toContain('\r');
    expect(stderr).toMatch(
      /^ {2}dhcp4 {2}(\d+ s left|draining) {2}\d+ sent {2}\d+ answered {2}\d+\/20 leased {2}dup \d+, \d+$/m,
    );
    expect(stdout).toMatch(/^PASS {2}small: every check holds\n/m);
    expectPageLast(stdout, workspace);
  },
);

test.concurrent(
  'on a terminal a live line changes in place, and the report comes last, with colours',
  async ({ workspace }) => {
    const shown = await onTerminal(workspace, {});
    expect(shown).toMatch(STYLED);
    expectLiveThenReport(shown, workspace);
  },
);

test.concurrent('NO_COLOR keeps the live line and removes the colours', async ({ workspace }) => {
  const shown = await onTerminal(workspace, { NO_COLOR: '1' });
  expect(shown).not.toMatch(STYLED);
  expectLiveThenReport(shown, workspace);
});

test.concurrent('--quiet prints only the verdict and errors', async ({ workspace }) => {
  const quiet = await workspace.run(smallRun({}, '--quiet'));
  expect(quiet.code, quiet.output).toBe(0);
  const { path } = RunFiles.only(workspace.cwd, 'small');
  const directory = path.slice(workspace.cwd.length + 1);
  expect([quiet.stdout, quiet.stderr]).toEqual([`PASS  small: every check holds\n${directory}\n`, '']);
  const missing = await workspace.run(smallRun({ 'cluster.mariadbd': '/nowhere' }, '--quiet'));
  expect([missing.code, missing.stdout]).toEqual([69, '']);
  expect(missing.stderr).toMatch(/^error PREREQUISITE: .*\/nowhere.*\n {2}.*\n$/);
  const both = await workspace.run(smallRun({}, '--quiet', '--verbose'));
  expect([both.code, both.stdout]).toEqual([64, '']);
});

test.concurrent(
  '--verbose prints the lines of run.log, and --events writes events',
  async ({ workspace }) => {
    const { code, stderr, output } = await workspace.run(
      smallRun({}, '--verbose', '--events', 'events.jsonl'),
    );
    expect(code, output).toBe(0);
    const run = RunFiles.only(workspace.cwd, 'small');
    const told = stderr.split('\n').map(withoutTime);
    const logged = run.text('run.log').trimEnd().split('\n').map(withoutTime);
    expect(logged.filter((line) => !told.includes(line))).toEqual([]);
    expect(logged.join('\n')).toMatch(/seed \d+\n[^]*^cluster: [\d.]+ s$[^]*^load: [\d.]+ s$/m);

    const lines = readFileSync(join(workspace.cwd, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    const events = lines.map((line) => eventSchema.parse(JSON.parse(line)));
    expect(lines.flatMap((line) => shippedSchemaProblems('events', JSON.parse(line)))).toEqual([]);
    const stages = events.flatMap((event) => (event.type === 'stage-started' ? event.stage : []));
    expect(stages).toEqual(STAGES);
    expect(events.filter(({ type }) => type === 'stage-ended')).toHaveLength(STAGES.length);
    expect(events.map(({ type }) => type)).toContain('progress');
    expect(events[0]).toMatchObject({ type: 'run-started', run: 'small', scenario: 'small' });
    expect(events.at(-1)).toMatchObject({
      type: 'run-ended',
      verdict: 'pass',
      exitCode: 0,
      directory: run.path,
    });
  },
);

/** Removes the time. The screen and run.log take it separately, so the two may differ by a millisecond. */
function withoutTime(line: string): string {
  return line.replace(/^[\d-]+T[\d:.]+Z /, '');
}

test.concurrent('FORCE_COLOR adds colours without a terminal', async ({ workspace }) => {
  const harness = workspace.start(['analyze', CAPTURE], { env: { FORCE_COLOR: '1' } });
  await harness.ended;
  expect(harness.stdout).toMatch(STYLED);
});

/** The output of a run on a terminal of 100 columns. */
async function onTerminal(workspace: Workspace, env: NodeJS.ProcessEnv): Promise<string> {
  const command = commandLine(smallRun()).map((word) => `'${word}'`);
  const inTerminal = `stty cols 100 rows 40; exec ${command.join(' ')}`;
  const terminal = workspace.startCommand(
    ['script', '--quiet', '--return', '--command', inTerminal, '/dev/null'],
    { env },
  );
  const { code } = await terminal.ended;
  const { stdout } = terminal;
  expect(code, stdout).toBe(0);
  return stdout.replaceAll('\r\n', '\n');
}

function expectLiveThenReport(shown: string, workspace: Workspace): void {
  expect(shown.split(REDRAW).length).toBeGreaterThan(2);
  expect(shown).toMatch(/ {2}dhcp4 {2}(\d+ s left|draining) {2}\d+ sent {2}\d+ answered/);
  const report = shown.slice(shown.lastIndexOf(REDRAW) + REDRAW.length);
  expect(report).toContain('every check holds');
  expect(shown.indexOf('every check holds')).toBe(shown.lastIndexOf('every check holds'));
  expectPageLast(shown, workspace);
}

function expectPageLast(shown: string, workspace: Workspace): void {
  const { path } = RunFiles.only(workspace.cwd, 'small');
  expect(shown.trimEnd().split('\n').at(-1)).toBe(`${path.slice(workspace.cwd.length + 1)}/report.html`);
}
