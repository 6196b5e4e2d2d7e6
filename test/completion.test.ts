import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'vitest';
import { test } from './support/test-with-workspace.js';
import { commandLine, type Workspace } from './support/workspace.js';

/** The completions that bash offers for each typed line, with the script that the program prints for bash. */
async function offeredByBash(workspace: Workspace, lines: readonly string[]): Promise<string[][]> {
  const bin = join(workspace.cwd, 'kea-lease-conformance');
  writeFileSync(bin, `#!/bin/sh\nexec ${commandLine([]).join(' ')} "$@"\n`);
  chmodSync(bin, 0o755);
  const script = join(workspace.cwd, 'complete.bash');
  const asked = lines.map((line) => `ask '${line}'`).join('\n');
  writeFileSync(
    script,
    `
eval "$(kea-lease-conformance completion bash)"
compopt() { echo "compopt $*"; }
ask() {
  COMP_LINE=$1 COMP_POINT=\${#1}
  $(complete -p kea-lease-conformance | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
  printf '%s\\n' "\${COMPREPLY[@]}" --
}
${asked}
`,
  );
  const bash = workspace.startCommand(['bash', '--noprofile', '--norc', script], {
    env: { PATH: `${workspace.cwd}${delimiter}${process.env['PATH'] ?? ''}`, SHELL: '/bin/zsh' },
  });
  await bash.ended;
  expect(bash.code, bash.output).toBe(0);
  expect(bash.stderr).toBe('');
  return bash.stdout
    .split('--\n')
    .slice(0, -1)
    .map((answer) => answer.trim().split('\n'));
}

test('bash completes commands, options, scenarios and settings', async ({ workspace }) => {
  const asked: [line: string, offered: string[]][] = [
    ['kea-lease-conformance an', ['analyze']],
    ['kea-lease-conformance cluster ch', ['check']],
    ['kea-lease-conformance run --cap', ['--capture']],
    ['kea-lease-conformance cluster plan --flavor g', ['galera']],
    ['kea-lease-conformance run --quick stag', ['staggered']],
    ['kea-lease-conformance run kea-', ['kea-versions']],
    // bash replaces the text behind the last =, and adds no space here.
    ['kea-lease-conformance run --set load.arr', ['compopt -o nospace', 'load.arrival=']],
    ['kea-lease-conformance run --set load.arrival=po', ['poisson']],
    ['kea-lease-conformance run --set=kea.allocator=r', ['random']],
    ['kea-lease-conformance report reports/latest --report html,ju', ['html,junit']],
    ['kea-lease-conformance completion z', ['zsh']],
    // No completions: bash then offers names of files.
    ['kea-lease-conformance analyze nowhere', ['']],
    ['kea-lease-conformance analyze ', ['']],
  ];
  const offered = await offeredByBash(
    workspace,
    asked.map(([line]) => line),
  );
  expect(offered).toEqual(asked.map(([, words]) => words));
});

test('for a shell without a script, the shells with one are named', async ({ workspace }) => {
  const harness = workspace.start(['completion'], { env: { SHELL: '/bin/tcsh' } });
  await harness.ended;
  expect(harness.code).toBe(64);
  expect(harness.stderr).toMatch(/no completion for tcsh.*completion bash/s);
});
