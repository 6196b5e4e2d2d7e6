import { describe, expect, it } from 'vitest';
import { Reader } from './reader.js';

const failing = (code: string, offset: number): unknown =>
  expect.objectContaining({ name: 'DecodeError', code, offset });

describe('the reader', () => {
  it('reads unsigned big-endian fields', () => {
    const reader = Reader.of(Uint8Array.of(255, 1, 2, 255, 0, 1, 255, 255, 255, 254, 9, 8));
    expect([reader.u8(), reader.u16(), reader.u24(), reader.u32()]).toEqual([255, 258, 0xff0001, 0xfffffffe]);
    expect([...reader.rest()]).toEqual([9, 8]);
    expect(reader.remaining).toBe(0);
  });

  it('reports the offset of the field that is cut short', () => {
    const reader = Reader.of(Uint8Array.of(1, 2, 3, 4));
    reader.u8();
    expect(() => reader.u32()).toThrow(failing('TRUNCATED', 1));
    expect(reader.u24()).toBe(0x020304);
  });

  it('keeps a part within its length, and counts from the beginning of the datagram', () => {
    const reader = Reader.of(Uint8Array.of(1, 2, 3, 4));
    reader.u8();
    const part = reader.part(2);
    part.u8();
    expect(() => part.u16()).toThrow(failing('OPTION_LENGTH', 2));
    expect(() => part.end()).toThrow(failing('OPTION_LENGTH', 2));
    expect(reader.u8()).toBe(4);
    expect(() => reader.part(1)).toThrow(failing('TRUNCATED', 4));
  });
});
