import { closeSync, readSync } from 'node:fs';
import { openRegularFile } from '../../files/regular-file.js';

const CHUNK_BYTES = 1 << 16;
/** Characters. Nobody writes a text with longer lines. */
const LONGEST = 1 << 16;

/**
 * A line without its line feed. `ended` says whether it had one: the last line of a file that was cut off has none.
 */
export interface TextLine {
  text: string;
  ended: boolean;
}

/**
 * The lines of a file. It is read in chunks, and memory holds one chunk at most. Reading ends with a line that is
 * longer than `LONGEST`. Throws what `openRegularFile` throws.
 */
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
