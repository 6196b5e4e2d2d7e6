import { HarnessError } from '../errors.js';

/** The error for a source that can't be judged. Its code is SOURCE. */
export function sourceError(path: string, why: string, hint: string): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be judged: ${why}`, { hint });
}
