import { expect, test } from 'vitest';

import { aptError } from './apt.js';

test.each([
  ['Err:1 x\nE: Failed to fetch http://m.test/  Could not connect to m.test:80', 'Failed to fetch', 'mirror'],
  ['E: Unable to locate package kea-admin', 'Unable to locate', 'universe'],
  ['W: GPG error: x\nE: The repository is not signed. NO_PUBKEY 12', 'not signed', 'keyring'],
  ['E: Release file is not valid yet (invalid for another 2h)', 'not valid yet', 'clock'],
  ['E: Write error - write (28: No space left on device)', 'No space left', 'KEA_CONFORMANCE_CACHE'],
  ['E: Failed to fetch x  Hash Sum mismatch', 'Hash Sum', 'start again later'],
  [
    "E: The repository 'http://m.test/debian nosuch Release' does not have a Release file.",
    'nosuch Release',
    'kea.version',
  ],
  ['W: only a warning', 'only a warning', 'mirror'],
])('%j', (stderr, message, hint) => {
  expect(aptError('it failed', stderr)).toMatchObject({
    code: 'PACKAGES',
    message: expect.stringMatching(new RegExp(`^it failed: .*${message}`)) as string,
    hint: expect.stringContaining(hint) as string,
  });
});
