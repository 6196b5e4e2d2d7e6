import { HarnessError } from '../errors.js';
import { whyNot, writeHint } from './why-not.js';

/**
 * A STORAGE error for what could not be written, with the reason and what to do.
 *
 * @param what a path, or `standard output`
 * @param option the option that names another place
 */
export function cannotWrite(what: string, error: unknown, option = '--out'): HarnessError {
  return new HarnessError('STORAGE', `${what} can't be written: ${whyNot(error)}`, {
    hint: writeHint(error, option),
    cause: error,
  });
}
