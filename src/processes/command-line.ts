import type { RunAs } from './unprivileged-user.js';

/** How a program is to be started. */
export interface Starting {
  command: string;
  args: readonly string[];
  /**
   * The value of LD_PRELOAD for the program alone. Its libraries may need the program's own C library, which the
   * commands before the program do not have.
   */
  preload?: string | undefined;
  /** The user that it runs as; the harness's own by default. Without effect beside `enter`. */
  runAs?: RunAs | undefined;
  /**
   * The words of the commands that start it in other namespaces and as the right user there (nsenter(1), unshare(1),
   * setpriv(1)). They replace each other by exec, so the process id stays the same.
   */
  enter?: readonly string[] | undefined;
}

/**
 * What to spawn, so that the kernel kills the program when the harness dies, for whatever reason (prctl(2),
 * PR_SET_PDEATHSIG). This wish comes last of all before the program: entering a user namespace or changing the user
 * takes it back.
 *
 * @param diesWithHarness false for a program that is to go on after the harness
 */
export function commandLine(
  { command, args, preload, runAs, enter = [] }: Starting,
  diesWithHarness = true,
): { file: string; args: string[]; user: Partial<RunAs> } {
  const wish = diesWithHarness ? ['--pdeathsig', 'KILL'] : [];
  const loading = preload === undefined ? [] : ['env', `LD_PRELOAD=${preload}`];
  const program = [...loading, command, ...args];
  const [file = 'setpriv', ...rest] = [...enter, 'setpriv', ...wish, '--', ...program];
  return { file, args: rest, user: enter.length > 0 ? {} : { ...runAs } };
}
