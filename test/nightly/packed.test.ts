import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { RunFiles } from '../support/run-files.js';
import { smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

test('the package that `npm pack` makes runs a scenario by npx, where nothing else is', async ({
  workspace,
}) => {
  const packed = join(workspace.cwd, 'packed');
  mkdirSync(packed);
  const pack = spawnSync('npm', ['pack', '--json', '--pack-destination', packed], {
    cwd: CHECKOUT,
    encoding: 'utf8',
  });
  expect(pack.status, pack.stderr).toBe(0);
  const [{ filename, files } = { filename: '', files: [] }] = JSON.parse(
    pack.stdout.slice(pack.stdout.indexOf('[')),
  ) as { filename: string; files: { path: string }[] }[];
  // Tests, their support and the tools of this checkout are for its developers.
  expect(
    files.map(({ path }) => path).filter((path) => /\.test|test-support|^(test|setup|src)\//.test(path)),
  ).toEqual([]);

  // An empty cache of npm: every dependency that the package needs must be named in it.
  const env = { npm_config_cache: join(workspace.cwd, 'npm-cache'), npm_config_update_notifier: 'false' };
  const npx = ['npx', '--yes', `./packed/${filename}`];
  const harness = workspace.startCommand([...npx, ...smallRun()], { env });
  expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });
  const [run] = RunFiles.in(workspace.cwd, 'small');
  expect(run?.result.verdict).toBe('pass');
});
