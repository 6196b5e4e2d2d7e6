import { HarnessError } from '../errors.js';

/** A source that is not what it was taken for. Code SOURCE. */
export function sourceError(path: string, why: string, hint: string): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be judged: ${why}`, { hint });
}
