/** A piece of what a container without a terminal writes. */
export interface Frame {
  channel: 'stdout' | 'stderr';
  data: Buffer;
}

/**
 * The header of a frame: channel, three zeros, length (Docker Engine API, "Attach to a container", stream format).
 */
const HEADER_BYTES = 8;
const STDERR = 2;

/** Takes an engine's stream apart into frames. A frame that the stream's end cuts short is left out. */
export async function* framesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Frame> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let at = 0;
    while (rest.length - at >= HEADER_BYTES) {
      const begins = at + HEADER_BYTES;
      const ends = begins + rest.readUInt32BE(at + 4);
      if (ends > rest.length) break;
      yield { channel: rest[at] === STDERR ? 'stderr' : 'stdout', data: rest.subarray(begins, ends) };
      at = ends;
    }
    rest = rest.subarray(at);
  }
}

/** All text that a stream carries, by channel. */
export async function textsOf(stream: NodeJS.ReadableStream): Promise<Record<Frame['channel'], string>> {
  const pieces = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  for await (const { channel, data } of framesOf(stream)) pieces[channel].push(data);
  return {
    stdout: Buffer.concat(pieces.stdout).toString('utf8'),
    stderr: Buffer.concat(pieces.stderr).toString('utf8'),
  };
}
