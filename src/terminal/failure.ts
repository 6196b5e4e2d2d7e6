import { HarnessError } from '../errors.js';

/** What went wrong and what to do about it; for a defect of the harness, where it happened. */
export function failureText(error: unknown): string {
  if (error instanceof HarnessError && error.code !== 'INTERNAL') {
    return `error ${error.code}: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `error INTERNAL: a defect of this program, please report it\n${stack}\n`;
}
