import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { cacheDirectory, makeDirectory, requireReachableByOthers } from './cache.js';

test.each([
  ['its own variable', { KEA_CONFORMANCE_CACHE: '/a/b', XDG_CACHE_HOME: '/x' }, 1000, '/a/b'],
  ['the desktop’s variable', { XDG_CACHE_HOME: '/x' }, 0, '/x/kea-lease-conformance'],
  ['not a relative one', { XDG_CACHE_HOME: 'x' }, 0, '/var/cache/kea-lease-conformance'],
  ['root', {}, 0, '/var/cache/kea-lease-conformance'],
  ['an ordinary user', {}, 1000, join(homedir(), '.cache/kea-lease-conformance')],
])('the cache directory of %s', (_whose, environment, uid, expected) => {
  expect(cacheDirectory(environment, uid)).toBe(expected);
});

test.each(['/a b', '/a:b', '/a$b', "/a'b", '/a"b'])('%s can’t be used', (directory) => {
  expect(() => cacheDirectory({ KEA_CONFORMANCE_CACHE: directory }, 1000)).toThrow(
    expect.objectContaining({ code: 'PREREQUISITE' }),
  );
});

test('others may enter the directories that are made, and one that the servers’ user can’t enter is named', () => {
  const top = mkdtempSync(join(tmpdir(), 'klc-test-'));
  try {
    chmodSync(top, 0o755);
    const directory = join(top, 'a', 'b');
    makeDirectory(directory);
    expect([join(top, 'a'), directory].map((path) => statSync(path).mode & 0o777)).toEqual([0o755, 0o755]);
    requireReachableByOthers(directory, 0);

    chmodSync(join(top, 'a'), 0o700);
    expect(() => requireReachableByOthers(directory, 0)).toThrow(`can't enter ${join(top, 'a')} on`);
    requireReachableByOthers(directory, 1000); // an ordinary user runs the servers himself
  } finally {
    rmSync(top, { recursive: true });
  }
});

test('a directory that can’t be made is an error with a code', () => {
  expect(() => makeDirectory('/etc/os-release/such')).toThrow(expect.objectContaining({ code: 'STORAGE' }));
});
