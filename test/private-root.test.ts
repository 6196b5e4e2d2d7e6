import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { ensurePrivateRoot, privateRootPlace } from '../src/packages/private-root.js';
import type { Programs } from '../src/packages/programs.js';
import { eventually } from './support/wait.js';

const run = promisify(execFile);
const NOBODY = { uid: 65534, gid: 65534 };

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'klc-test-'));
  chmodSync(directory, 0o755);
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

test('is made after an interruption, from what was already downloaded', async () => {
  const cache = join(directory, 'own');
  const interruption = new AbortController();
  const interrupted = ensurePrivateRoot({
    cache,
    signal: interruption.signal,
    onProgress: ({ message }) => {
      if (message.startsWith('Unpacking'))
        void eventually('files are unpacked', () => hasUnfinished(cache)).then(() =>
          interruption.abort(new Error('enough')),
        );
    },
  });
  await expect(interrupted).rejects.toThrow('enough');
  const { directory: root } = privateRootPlace({ cache });
  expect(existsSync(root)).toBe(false);
  expect(readdirSync(join(cache, 'roots')).filter((name) => !name.endsWith('.lock'))).toEqual([]);

  const said: string[] = [];
  const programs = await ensurePrivateRoot({ cache, onProgress: ({ message }) => said.push(message) });
  expect(said).toContainEqual(expect.stringMatching(/^Using \d+ packages downloaded before/));
  expect(programs.root).toBe(root);
  await expectWorking(programs);

  // Files that were needed only to make the root are gone.
  expect(readdirSync(cache)).toEqual(['roots']);
  const saidNow: string[] = [];
  await ensurePrivateRoot({ cache, onProgress: ({ message }) => saidNow.push(message) });
  expect(saidNow).toEqual([]);
});

test('two processes of an ordinary user at once, one of them killed, make one root', async () => {
  const user = process.getuid?.() === 0 ? NOBODY : {};
  const home = join(directory, 'home');
  cpSync('dist/packages', join(home, 'packages'), { recursive: true });
  for (const file of ['errors.js', 'files/why-not.js']) cpSync(join('dist', file), join(home, file));
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
  const script = join(home, 'make.js');
  writeFileSync(
    script,
    `import { ensurePrivateRoot } from './packages/private-root.js';
     const onProgress = ({ message, fraction }) => fraction === undefined && console.error(message);
     console.log(JSON.stringify(await ensurePrivateRoot({ onProgress })));`,
  );
  if (user === NOBODY) chownSync(home, NOBODY.uid, NOBODY.gid);
  const options = {
    ...user,
    cwd: '/',
    env: { PATH: process.env.PATH, KEA_CONFORMANCE_CACHE: join(home, 'cache') },
  };

  const first = spawn(process.execPath, [script], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  await once(first.stderr, 'data');
  const second = run(process.execPath, [script], options);
  let said = '';
  second.child.stderr?.on('data', (part) => (said += String(part)));
  await eventually('the second one waits', () => said.includes('Waiting for another process'));
  first.kill('SIGKILL');
  const { stdout, stderr } = await second;
  expect(stderr).toContain('Waiting for another process');
  await expectWorking(JSON.parse(stdout) as Programs);
});

test('names a suite that the mirror does not have', async () => {
  const refused = ensurePrivateRoot({ cache: join(directory, 'none'), suite: 'nosuch' });
  await expect(refused).rejects.toMatchObject({
    code: 'PACKAGES',
    message: expect.stringContaining('nosuch') as string,
    hint: expect.stringContaining('does not have this suite') as string,
  });
});

/** Whether a root is being made that has files already. */
function hasUnfinished(cache: string): boolean {
  const roots = join(cache, 'roots');
  const unfinished = readdirSync(roots).filter((name) => name.startsWith('.'));
  return unfinished.some((name) => readdirSync(join(roots, name)).length > 0);
}

async function expectWorking({ keaDhcp4, mariadbd, perfdhcp, versions }: Programs): Promise<void> {
  expect(versions.galera).toMatch(/^\d+\.\d+\.\d+$/);
  expect((await run(keaDhcp4, ['-v'])).stdout.trim()).toBe(versions.kea);
  expect((await run(mariadbd, ['--no-defaults', '--version'])).stdout).toContain(versions.mariadb);
  expect((await run(perfdhcp ?? '', ['-v'])).stdout).toContain(versions.kea);
}
