import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { unpackPackages } from './unpack.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'klc-test-'));
  mkdirSync(join(directory, 'root'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Builds a real package that holds these files. A text that begins with `->` makes a link. */
function buildPackage(name: string, files: Record<string, string>): string {
  const tree = join(directory, name);
  const control = `Package: ${name}\nVersion: 1\nArchitecture: all\nMaintainer: t <t@t.test>\nDescription: t\n`;
  for (const [path, text] of Object.entries({ ...files, 'DEBIAN/control': control })) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    if (text.startsWith('->')) symlinkSync(text.slice(2), join(tree, path));
    else writeFileSync(join(tree, path), text);
  }
  const file = join(directory, `${name}_1_all.deb`);
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', tree, file], { stdio: 'ignore' });
  return file;
}

test('merges /lib and /usr/lib, leaves out what no program needs, and turns absolute links inward', async () => {
  const files = [
    buildPackage('old', { 'lib/arch/a.so': 'a', 'sbin/ps': 'ps', 'bin/other': 'x', 'etc/conf': 'x' }),
    buildPackage('new', {
      'usr/lib/arch/b.so': 'b',
      'usr/share/doc/new/copyright': 'x',
      'usr/share/kea/in': '->/lib/arch/b.so',
      'usr/share/kea/out': '->/no/such',
    }),
  ];
  const root = join(directory, 'root');
  await unpackPackages(files, root, undefined);
  expect(readFileSync(join(root, 'usr/lib/arch/a.so'), 'utf8')).toBe('a');
  expect(readFileSync(join(root, 'lib/arch/b.so'), 'utf8')).toBe('b');
  expect(existsSync(join(root, 'usr/sbin/ps'))).toBe(true);
  for (const left of ['usr/bin/other', 'etc', 'usr/share/doc', 'usr/share/kea/out']) {
    expect(existsSync(join(root, left)), left).toBe(false);
  }
  expect(readlinkSync(join(root, 'usr/share/kea/in'))).toBe('../../../lib/arch/b.so');
  expect(readFileSync(join(root, 'usr/share/kea/in'), 'utf8')).toBe('b');
});

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 200)],
  ['no package at all', () => Buffer.from('hello')],
])('a file that is %s is refused and removed', async (_how, damage) => {
  const file = buildPackage('p', { 'usr/share/kea/f': 'x'.repeat(1_000) });
  writeFileSync(file, damage(readFileSync(file)));
  const unpacking = unpackPackages([file], join(directory, 'root'), undefined);
  await expect(unpacking).rejects.toMatchObject({
    code: 'PACKAGES',
    message: expect.stringContaining('p_1_all.deb') as string,
  });
  expect(existsSync(file)).toBe(false);
});
