import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putClientNumber, readOptionValue } from './option-value.js';

/** The value that a client has. */
function valueOf(written: string, client: number): string {
  const value = readOptionValue(written);
  if (typeof value === 'string') throw new Error(value);
  const bytes = Uint8Array.from(value.bytes);
  for (const number of value.numbers) putClientNumber(bytes, number, client);
  return Buffer.from(bytes).toString('latin1');
}

describe('the value of an option', () => {
  it.each([
    ['docsis3.0', 'docsis3.0'],
    ['', ''],
    ['0x', ''],
    ['0x00ff', '\u0000\u00ff'],
    ['0x00:FF', '\u0000\u00ff'],
    ['port {client}', 'port 00000258'],
    ['{client}/{client}', '00000258/00000258'],
    ['0x01{client}ff', '\u0001\u0000\u0000\u0001\u0002\u00ff'],
    ['a {b-c} {} brace{', 'a {b-c} {} brace{'],
  ])('%j is for client 258 %j', (written, expected) => {
    expect(valueOf(written, 258)).toBe(expected);
  });

  it.each([
    ['0x0', 'two hexadecimal digits'],
    ['0xgg', 'two hexadecimal digits'],
    ['0x0{client}0', 'two hexadecimal digits'],
    ['port {server}', '{client} as its only placeholder'],
    ['x'.repeat(256), 'at most 255 bytes'],
    [`${'x'.repeat(248)}{client}`, 'at most 255 bytes'],
  ])('is not %j', (written, problem) => {
    expect(readOptionValue(written)).toContain(problem);
  });

  it('is of the same length for every client, and different for two', () => {
    const client = fc.integer({ min: 0, max: 99_999_999 });
    fc.assert(
      fc.property(fc.constantFrom('p{client}', '0x07{client}'), client, client, (written, one, other) => {
        const [first, second] = [valueOf(written, one), valueOf(written, other)];
        expect(first.length).toBe(second.length);
        expect(first === second).toBe(one === other);
      }),
    );
  });
});
