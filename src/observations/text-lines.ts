import { closeSync, readSync } from 'node:fs';
import { openRegularFile } from '../files/regular-file.js';

const CHUNK_BYTES = 1 << 16;
/** A longer one is no line of a text that anyone wrote. */
const LONGEST = 1 << 16;

/** A line without its end, and whether it had one: the last of a file that was cut off has none. */
export interface TextLine {
  text: string;
  ended: boolean;
}

/** The lines of a file, of which no more than a chunk is held. Throws as `openRegularFile`. */
export function* textLines(path: string): Generator<TextLine> {
  const file = openRegularFile(path);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = '';
    for (;;) {
      const got = readSync(file, chunk);
      if (got === 0) break;
      const lines = (rest + chunk.toString('latin1', 0, got)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield { text: line.replace(/\r$/, ''), ended: true };
      if (rest.length > LONGEST) break;
    }
    if (rest !== '') yield { text: rest, ended: false };
  } finally {
    closeSync(file);
  }
}
