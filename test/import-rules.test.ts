import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
import { test } from './support/test-with-workspace.js';

/** The import rules of `npm run check`, on a source tree of the test with two of the real folders. */

const ROOT = resolve(import.meta.dirname, '..');

function cruise(cwd: string): Promise<{ code: number; output: string }> {
  const args = ['src', '--config', join(ROOT, 'setup/import-rules.mjs'), '--output-type', 'err-long'];
  const script = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], { cwd }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

function write(cwd: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries({ ...files, 'tsconfig.json': '{}' })) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
}

const GOOD = {
  'src/dhcp/message.ts': 'export interface Message { xid: number }\n',
  'src/load/client.ts': "import type { Message } from '../dhcp/message.js';\nexport type Sent = Message;\n",
};

test('imports along the data’s way are allowed', async ({ workspace: { cwd } }) => {
  write(cwd, GOOD);
  const { code, output } = await cruise(cwd);
  expect(code, output).toBe(0);
});

test('an import against the layers is refused with its rule, also of a type', async ({
  workspace: { cwd },
}) => {
  write(cwd, {
    ...GOOD,
    'src/dhcp/back.ts': "import type { Sent } from '../load/client.js';\nexport type Back = Sent;\n",
  });
  const { code, output } = await cruise(cwd);
  expect(code, output).toBe(1);
  expect(output).toMatch(/error dhcp-comes-first: src\/dhcp\/back\.ts → src\/load\/client\.ts/);
});

test('a circle is refused with its files, also a circle of types', async ({ workspace: { cwd } }) => {
  write(cwd, {
    ...GOOD,
    'src/load/a.ts': "import type { B } from './b.js';\nexport interface A { b: B }\n",
    'src/load/b.ts': "import type { A } from './a.js';\nexport interface B { a?: A }\n",
  });
  const { code, output } = await cruise(cwd);
  expect(code, output).toBeGreaterThan(0);
  expect(output).toMatch(/error no-circle: src\/load\/a\.ts/);
});

test('a folder that is nowhere on the data’s way is refused', async ({ workspace: { cwd } }) => {
  write(cwd, { ...GOOD, 'src/utils/all.ts': 'export {};\n' });
  const { code, output } = await cruise(cwd);
  expect(code).not.toBe(0);
  expect(output).toContain(
    "add src/utils to LAYERS in setup/import-rules.mjs, at its place on the data's way",
  );
});
