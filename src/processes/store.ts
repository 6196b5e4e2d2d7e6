import { writeFileSync } from 'node:fs';
import { cannotWrite } from '../files/cannot-write.js';

/** Writes a file of the run directory. Errors: STORAGE where it can't be written, such as on a full disk. */
export function storeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
