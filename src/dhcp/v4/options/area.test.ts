import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reader } from '../../reader.js';
import { Writer } from '../../writer.js';
import { OptionArea, writeOptionArea } from './area.js';
import type { Options } from './code.js';

function read(...fields: number[][]): Options {
  const area = new OptionArea();
  for (const field of fields) area.read(Reader.of(Uint8Array.from(field)));
  return area.toOptions();
}

function write(options: Options): number[] {
  const writer = new Writer();
  writeOptionArea(options, writer);
  return [...writer.finish()];
}

const bytes = (length: number, value = 7) => new Uint8Array(length).fill(value);

describe('a long option (RFC 3396)', () => {
  it('is joined from its parts, wherever they stand', () => {
    expect([...read([224, 2, 1, 2, 53, 1, 5, 224, 0, 224, 1, 3, 255], [224, 1, 4, 255])]).toEqual([
      [224, Uint8Array.of(1, 2, 3, 4)],
      [53, Uint8Array.of(5)],
    ]);
  });

  it.each([
    [0, [[224, 0]]],
    [255, [[224, 255]]],
    [
      256,
      [
        [224, 255],
        [224, 1],
      ],
    ],
    [
      600,
      [
        [224, 255],
        [224, 255],
        [224, 90],
      ],
    ],
  ])('of %i bytes is written in adjacent parts', (length, heads) => {
    const expected = heads.flatMap(([code = 0, size = 0]) => [code, size, ...bytes(size)]);
    expect(write(new Map([[224, bytes(length)]]))).toEqual([...expected, 255]);
  });
});

describe('options', () => {
  it('are written in their order, relay agent information last (RFC 3046 section 2.1)', () => {
    const options: Options = new Map([
      [82, Uint8Array.of(1, 1, 9)],
      [61, Uint8Array.of(0, 1)],
      [53, Uint8Array.of(1)],
    ]);
    expect(write(options)).toEqual([61, 2, 0, 1, 53, 1, 1, 82, 3, 1, 1, 9, 255]);
  });

  it.each([0, 52, 255, 256, -1])('are not written with code %i', (code) => {
    expect(() => write(new Map([[code, bytes(1)]]))).toThrow(RangeError);
  });

  it('survive being written and read', () => {
    const code = fc.integer({ min: 1, max: 254 }).filter((value) => value !== 52);
    const value = fc.uint8Array({ maxLength: 700 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(code, value), { selector: ([key]) => key }), (entries) => {
        // Relay agent information goes last, everything else keeps its place.
        const inOrder = [...entries].sort(([a], [b]) => Number(a === 82) - Number(b === 82));
        expect([...read(write(new Map(entries)))]).toEqual(inOrder);
      }),
    );
  });
});
