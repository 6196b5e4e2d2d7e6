/** How a program ended. */
export interface Ending {
  /** The signal that ended it: `SIGKILL`; absent where it exited. */
  signal?: string;
  /** What it exited with; absent where a signal ended it, or nobody saw it end. */
  exitCode?: number;
}

/** Those that the kernel or the program itself raises for a defect of the program (signal(7)). */
const RAISED_BY_A_DEFECT: ReadonlySet<string> = new Set([
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
]);

/** Whether somebody else ended it: a person, another program, or the kernel for want of memory. */
export function wasKilled({ signal }: Ending): boolean {
  return signal !== undefined && !RAISED_BY_A_DEFECT.has(signal);
}

/**
 * `was killed`, `crashed` or `ended`, and the way of it: `SIGKILL`, `exit code 1`.
 *
 * @param how it ended, in the words of `Running`
 */
export function endingInWords(ending: Ending & { how: string }): { verb: string; way: string } {
  const { signal, how } = ending;
  if (signal === undefined) return { verb: 'ended', way: how };
  return { verb: wasKilled(ending) ? 'was killed' : 'crashed', way: how.replace(/^signal /, '') };
}
