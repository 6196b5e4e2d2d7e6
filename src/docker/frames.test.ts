import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { framesOf, textsOf } from './frames.js';

function frame(channel: number, text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.from([channel, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

const BYTES = Buffer.concat([frame(1, 'one\n'), frame(2, 'für\n'), frame(1, ''), frame(1, 'two\n')]);

it.each([1, 3, 7, 8, 9, BYTES.length])('takes a stream apart that comes %i bytes at a time', async (size) => {
  const chunks = Array.from({ length: Math.ceil(BYTES.length / size) }, (_, n) =>
    BYTES.subarray(n * size, (n + 1) * size),
  );
  expect(await textsOf(Readable.from(chunks))).toEqual({ stdout: 'one\ntwo\n', stderr: 'für\n' });
});

it('leaves out a frame that the end cuts short', async () => {
  const frames = [];
  for await (const one of framesOf(Readable.from([BYTES.subarray(0, BYTES.length - 1)]))) frames.push(one);
  expect(frames.map(({ data }) => data.toString())).toEqual(['one\n', 'für\n', '']);
});
