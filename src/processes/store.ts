import { writeFileSync } from 'node:fs';
import { HarnessError } from '../errors.js';
import { whyNot } from '../files/why-not.js';

/** Writes a file of the run directory. Errors: STORAGE where it can't be written, such as on a full disk. */
export function storeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new HarnessError('STORAGE', `${path} can't be written: ${whyNot(error)}`, {
      hint: 'make room, or name another place with --out',
      cause: error,
    });
  }
}
