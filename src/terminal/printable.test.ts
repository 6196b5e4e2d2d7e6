import { describe, expect, it } from 'vitest';
import { allPrintable, printable, printableLines } from './printable.js';

describe('characters that control a terminal', () => {
  it.each([
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u009b2J', '\\u009b2J'],
    ['a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['\u0000\u007f\u2028\u202e\u200b\ufeff', '\\u0000\\u007f\\u2028\\u202e\\u200b\\ufeff'],
  ])('of %j is written out', (text, shown) => expect(printable(text)).toBe(shown));

  it('leaves ordinary text unchanged', () => {
    const text = 'Zürich, 東京, 33.4 %, “x” – ✅ \\u001b';
    expect(printable(text)).toBe(text);
  });

  it('is escaped in JSON, and parses back to the same value', () => {
    const value = { name: '\u001b\u009b\u202e"\\\n' };
    const json = printableLines(JSON.stringify(value, null, 2));
    expect(json).not.toMatch(/[\u0080-\u009f\u202e]/);
    expect(JSON.parse(json)).toEqual(value);
  });

  it('is found in nested values and in keys', () => {
    expect(allPrintable({ a: ['\u0007', 1, null], '\u001b': { b: true } })).toEqual({
      a: ['\\u0007', 1, null],
      '\\u001b': { b: true },
    });
  });
});
