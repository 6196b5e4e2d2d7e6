/** How a program ended. */
export interface Ending {
  /** The signal that ended the program, such as `SIGKILL`; absent where the program exited. */
  signal?: string | undefined;
  /** The program's exit code; absent where a signal ended the program, or nobody saw it end. */
  exitCode?: number | undefined;
}

/** The signals that the kernel or the program itself raises for a defect of the program (signal(7)). */
const RAISED_BY_A_DEFECT: ReadonlySet<string> = new Set([
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
]);

/** Whether somebody else ended the program: a person, another program, or the kernel for want of memory. */
export function wasKilled({ signal }: Ending): boolean {
  return signal !== undefined && !RAISED_BY_A_DEFECT.has(signal);
}

/**
 * The verb, `was killed`, `crashed` or `ended`, and the way, such as `SIGKILL` or `exit code 1`.
 *
 * @param ending how the program ended; its `how` is in the words of `Running`
 */
export function endingInWords(ending: Ending & { how: string }): { verb: string; way: string } {
  const { signal, how } = ending;
  if (signal === undefined) return { verb: 'ended', way: how };
  return { verb: wasKilled(ending) ? 'was killed' : 'crashed', way: how.replace(/^signal /, '') };
}
