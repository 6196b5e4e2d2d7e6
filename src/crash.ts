import { EXIT, HarnessError } from './errors.js';
import { outOfFilesExplained } from './open-files.js';
import { failureText } from './terminal/failure.js';

/**
 * How long a crashed process may take to end what it started. A longer wait is useless: the process may then wait for
 * something that the crash has broken.
 */
const ENDING_MS = 60_000;

const listeners = new Set<(error: Error) => void>();
let crash: Error | undefined;

/**
 * Handles every error that nobody catches: one thrown in a callback, or by a promise that nobody awaits. The process
 * prints the error and takes its exit code from it. The listeners of {@link onCrash} then end what was started. If
 * there are no listeners, the process ends at once.
 */
export function handleCrashes(): void {
  // Unhandled rejections arrive here too (Node manual, "--unhandled-rejections").
  process.on('uncaughtException', (thrown) => {
    // Later errors are consequences of the first crash. They are not printed.
    if (crash !== undefined) return;
    const error = outOfFilesExplained(thrown) as Error;
    crash = error;
    process.stderr.write(failureText(error));
    const code = exitCodeFor(error);
    process.on('exit', () => (process.exitCode = code));
    if (listeners.size === 0) process.exit(code);
    setTimeout(() => process.exit(code), ENDING_MS).unref();
    for (const listener of listeners) listener(error);
  });
}

/** Calls `listener` when something has crashed, so that it ends what was started. */
export function onCrash(listener: (error: Error) => void): void {
  listeners.add(listener);
}

export function offCrash(listener: (error: Error) => void): void {
  listeners.delete(listener);
}

/** Whether this error is the one that was printed as a crash. */
export function isCrash(error: unknown): boolean {
  return error !== undefined && error === crash;
}

/** The exit code of the process after this error. */
export function exitCodeFor(error: unknown): number {
  return error instanceof HarnessError ? error.exitCode : EXIT.internal;
}
