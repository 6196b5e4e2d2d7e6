import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

const CHECKOUT = fileURLToPath(new URL('../', import.meta.url));
const NAME = 'kea-lease-conformance';
const CAPTURE = join(CHECKOUT, 'src/observations/import/capture/fixtures/dhcp4-ethernet.pcap');

/** Each example of src/index.ts, by the name that it is for. */
function examples(): Map<string, string> {
  const source = readFileSync(join(CHECKOUT, 'src/index.ts'), 'utf8');
  const found = source.matchAll(
    /^ \* @example\n((?: \*.*\n)+?) \*\/\nexport (?:async function (\w+)|\{ (\w+))/gm,
  );
  return new Map(
    Array.from(found, ([, text = '', ...names]) => [
      names.filter(Boolean).join(''),
      text.replace(/^ \* ?/gm, ''),
    ]),
  );
}

/** Runs programs as a user's project would, into which the package is installed. */
function projectIn({ cwd, tmp }: Workspace) {
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(CHECKOUT, join(cwd, 'node_modules', NAME));
  const env = { ...process.env, TMPDIR: tmp };
  const execute = promisify(execFile);
  return async (program: string): Promise<string> => {
    writeFileSync(join(cwd, 'program.mjs'), program);
    const { stdout } = await execute(process.execPath, ['program.mjs'], { cwd, env });
    return stdout;
  };
}

describe('another program', () => {
  const all = examples();

  test('can run a scenario, judge it again and read its result, as the examples show', async ({
    workspace,
  }) => {
    const printedBy = projectIn(workspace);
    const example = (name: string) => printedBy(all.get(name) ?? '');
    copyFileSync(CAPTURE, join(workspace.cwd, 'capture.pcap'));

    expect(await example('run')).toMatch(/^(pass|inconclusive) reports\/staggered\/\S+\n$/);
    expect(await example('storedResult')).toMatch(/^(pass|inconclusive)\n$/);
    expect(await example('analyze')).toBe('dhcp4 0\n');
    expect(await example('loadScenario')).toBe("[ 'dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd' ]\n");
    expect(await example('HarnessError')).toMatch(/^SCENARIO .+\n$/);
    expect([...all.keys()].sort()).toEqual([
      'HarnessError',
      'analyze',
      'loadScenario',
      'run',
      'storedResult',
    ]);
  });

  test('can end a run by a signal, and is told of its events', async ({ workspace }) => {
    const printed = await projectIn(workspace)(`
      import { run } from '${NAME}';
      const controller = new AbortController();
      const seen = [];
      const { result } = await run('small.yaml', {
        signal: controller.signal,
        onEvent: ({ type, stage }) => {
          seen.push(stage ?? type);
          if (stage === 'load') controller.abort();
        },
      });
      const interrupted = result.checks.find(({ name }) => name === 'run.interrupted');
      console.log(result.verdict, interrupted.verdict, seen.includes('load'));
    `);
    expect(printed).toBe('inconclusive inconclusive true\n');
  });

  test('has types for what it uses', async ({ workspace }) => {
    const { cwd } = workspace;
    projectIn(workspace);
    const merged = [...all.values()].map((text, index) => [`example-${index}.mts`, text] as const);
    for (const [file, text] of merged) writeFileSync(join(cwd, file), text);
    const compiler = join(CHECKOUT, 'node_modules/typescript/bin/tsc');
    const types = ['--types', 'node', '--typeRoots', join(CHECKOUT, 'node_modules/@types')];
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', ...types];
    const files = merged.map(([file]) => file);
    await promisify(execFile)(process.execPath, [compiler, ...options, ...files], { cwd });
  });
});
