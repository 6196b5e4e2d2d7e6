import { describe, expect, it } from 'vitest';
import { KeaVersion } from './kea-version.js';

describe('a Kea version', () => {
  it.each([
    ['2.2.0', '2.2.0', true],
    ['2.6.3', '2.2.0', true],
    ['2.2.0', '2.6.3', false],
    ['2.10.0', '2.9.9', true],
    ['2.9.9', '2.10.0', false],
    ['3.0.0', '2.7.9', true],
    ['3.0', '3.0.0', true],
    ['3.0', '3.0.1', false],
    ['2.6.3-git', '2.6.3', true],
    ['2.6.3\n', '2.6.3', true],
  ])('%s is at least %s: %s', (version, other, expected) => {
    expect(new KeaVersion(version).atLeast(other)).toBe(expected);
  });

  it.each([
    ['2.6.3', '2.6', true],
    ['2.6.3', '2.6.3', true],
    ['2.6.3', '2', true],
    ['2.6.3', '2.6.30', false],
    ['2.6.30', '2.6.3', false],
    ['2.10.0', '2.1', false],
    ['2.6', '2.6.3', false],
    ['unknown', '2.6', false],
  ])('%s is a %s: %s', (version, wanted, expected) => {
    expect(new KeaVersion(version).isA(wanted)).toBe(expected);
  });

  it.each([
    ['2.3', '2.3.4', true],
    ['2.2', '2.3.4', false],
    ['2.3.1', '2.3.4', false],
    ['3', '2.3.4', true],
  ])('%s may be at least %s: %s', (version, other, expected) => {
    expect(new KeaVersion(version).mayBeAtLeast(other)).toBe(expected);
  });

  it('keeps its text', () => expect(new KeaVersion(' 2.2.0\n').text).toBe('2.2.0'));
});
