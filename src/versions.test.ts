import { expect, test } from 'vitest';
import { isAtLeast } from './versions.js';

test.each([
  ['8.0.36', '8.0', true],
  ['8.0.36-28.1', '8.0.36', true],
  ['5.7.22-29.26-log', '8.0', false],
  ['10.11.14-MariaDB-0+deb12u2', '10.2.2', true],
  ['10.2.1-MariaDB', '10.2.2', false],
  ['3.2', '3.2', true],
  ['3', '3.2', false],
  ['3.0.4', '3.2', false],
  // The version is unknown.
  ['unknown', '8.0', false],
  ['', '8.0', false],
])('%s is at least %s: %s', (version, other, expected) => expect(isAtLeast(version, other)).toBe(expected));

test('a missing number can count as any number', () => {
  expect(isAtLeast('2.3', '2.3.4', Infinity)).toBe(true);
  expect(isAtLeast('2.2', '2.3.4', Infinity)).toBe(false);
});
