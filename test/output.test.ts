import { expect } from 'vitest';
import { RunFiles } from './support/run-files.js';
import { smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { commandLine, type Workspace } from './support/workspace.js';

const ESCAPE = '\u001b';
/** What takes the live lines away before they are drawn anew. */
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
    expect(stdout).toMatch(/^\nPASS {2}small: every check holds\n/);
    expectRunDirectoryLast(stdout, workspace);
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

test.concurrent('NO_COLOR leaves the live line and takes the colours', async ({ workspace }) => {
  const shown = await onTerminal(workspace, { NO_COLOR: '1' });
  expect(shown).not.toMatch(STYLED);
  expectLiveThenReport(shown, workspace);
});

/** What a terminal of 100 columns gets from a run. */
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
  expectRunDirectoryLast(shown, workspace);
}

function expectRunDirectoryLast(shown: string, workspace: Workspace): void {
  const { path } = RunFiles.only(workspace.cwd, 'small');
  expect(shown.trimEnd().split('\n').at(-1)).toBe(path.slice(workspace.cwd.length + 1));
}
