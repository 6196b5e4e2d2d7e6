import { HarnessError, messageOf } from './errors.js';

/** Error codes that say that the process, or the machine, may open no more files (open(2)). */
const OUT_OF_FILES: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE']);

/**
 * Replaces EMFILE and ENFILE by a PREREQUISITE error whose hint says how to raise the limit. Returns any other error
 * as it is.
 */
export function outOfFilesExplained(error: unknown): unknown {
  if (error instanceof HarnessError || !(error instanceof Error)) return error;
  if (!OUT_OF_FILES.has((error as NodeJS.ErrnoException).code)) return error;
  return new HarnessError('PREREQUISITE', `this program may open no more files: ${messageOf(error)}`, {
    hint: 'raise the limit: `ulimit -n 4096`, or LimitNOFILE= of the service that starts it',
    cause: error,
  });
}
