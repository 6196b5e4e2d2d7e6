import { describe, expect, it } from 'vitest';
import { Writer } from './writer.js';

describe('the writer', () => {
  it('writes unsigned big-endian fields', () => {
    const writer = new Writer();
    writer.u8(255);
    writer.u16(258);
    writer.u24(0xff0001);
    writer.u32(0xfffffffe);
    expect([...writer.finish()]).toEqual([255, 1, 2, 255, 0, 1, 255, 255, 255, 254]);
  });

  it('writes a length before the bytes that it counts', () => {
    const writer = new Writer();
    writer.lengthPrefixed(() => {
      writer.u8(7);
      writer.lengthPrefixed(() => writer.bytes(Uint8Array.of(8, 9)));
    });
    expect([...writer.finish()]).toEqual([0, 5, 7, 0, 2, 8, 9]);
  });

  it('grows', () => {
    const writer = new Writer();
    writer.bytes(new Uint8Array(511).fill(1));
    writer.u32(0x02030405);
    writer.bytes(new Uint8Array(70_000).fill(6));
    const written = writer.finish();
    expect(written).toHaveLength(70_515);
    expect([...written.subarray(510, 516)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([256, -1, 1.5, NaN])('does not cut %d to a byte', (value) => {
    expect(() => new Writer().u8(value)).toThrow(RangeError);
  });
});
