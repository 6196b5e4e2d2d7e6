import { EXIT, HarnessError } from './errors.js';
import { outOfFilesExplained } from './open-files.js';
import { failureText } from './terminal/failure.js';

/** For what was started to be ended; whoever waits longer waits for what the crash has broken. */
const ENDING_MS = 60_000;

const listeners = new Set<(error: Error) => void>();
let crash: Error | undefined;

/**
 * From now on an error that nobody can catch, as it was thrown in a callback or by work that nobody waits for, is told,
 * and decides the exit code. Whoever has started something is told of it (`onCrash`) and ends it; where nobody has, the
 * process ends at once.
 */
export function handleCrashes(): void {
  // Rejections that nobody handles come here too (Node manual, "--unhandled-rejections").
  process.on('uncaughtException', (thrown) => {
    // What follows from the first is not another one.
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

/** Whether this error was told as a crash. */
export function isCrash(error: unknown): boolean {
  return error !== undefined && error === crash;
}

/** What the process ends with after this error. */
export function exitCodeFor(error: unknown): number {
  return error instanceof HarnessError ? error.exitCode : EXIT.internal;
}
