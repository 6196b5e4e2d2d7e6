/**
 * An error that ends a command. `code` is stable: tests and scripts compare it. The message says what happened,
 * `hint` says what to do about it.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }

  get exitCode(): ExitCode {
    return exitCodeOf(this.code);
  }
}

/** Process exit codes, as README.md lists them. */
export const EXIT = {
  pass: 0,
  fail: 1,
  inconclusive: 2,
  regression: 3,
  notReproduced: 4,
  usage: 64,
  prerequisite: 69,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const EXIT_CODE_BY_ERROR = {
  /** The command line makes no sense. */
  USAGE: EXIT.usage,
  /** A scenario, suite or tolerances file can't be read, parsed, or says something impossible. */
  SCENARIO: EXIT.usage,
  /** A source given to `analyze`, `export` or `compare` is damaged, foreign or of another version. */
  SOURCE: EXIT.usage,
  /** A program, package, address family or permission that the run needs is not there. */
  PREREQUISITE: EXIT.prerequisite,
  /** The private root could not be downloaded, verified or unpacked. */
  PACKAGES: EXIT.prerequisite,
  /** A database node did not start, did not join, or died before the load began. */
  CLUSTER: EXIT.prerequisite,
  /** A Kea server did not start or did not answer on its control socket. */
  KEA: EXIT.prerequisite,
  /** The run directory or the live directory can't be written (full disk, permissions). */
  STORAGE: EXIT.prerequisite,
  /** A defect of the harness itself. */
  INTERNAL: EXIT.internal,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof EXIT_CODE_BY_ERROR;

/** The exit code of the process after an error with this code. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return EXIT_CODE_BY_ERROR[code];
}

/** The message of an error, or the thrown value as text if it is no `Error`. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The order that decides the exit code of several runs: the first code here that occurs counts. */
export const WORST_FIRST: readonly ExitCode[] = [
  EXIT.internal,
  EXIT.prerequisite,
  EXIT.usage,
  EXIT.fail,
  EXIT.regression,
  EXIT.notReproduced,
  EXIT.inconclusive,
  EXIT.pass,
];

export function worstExitCode(codes: readonly number[]): number {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.internal;
}
