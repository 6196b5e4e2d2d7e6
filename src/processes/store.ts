import { writeFileSync } from 'node:fs';
import { HarnessError } from '../errors.js';
import { whyNot, writeHint } from '../files/why-not.js';

/** Writes a file of the run directory. Errors: STORAGE where it can't be written, such as on a full disk. */
export function storeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new HarnessError('STORAGE', `${path} can't be written: ${whyNot(error)}`, {
      hint: writeHint(error),
      cause: error,
    });
  }
}
