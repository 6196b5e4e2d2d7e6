/** Something that a run needs, and how to find out whether it is there. */
export interface Check {
  name: string;
  /** Looks without changing anything; never rejects for what is merely missing. */
  run: () => CheckResults | Promise<CheckResults>;
}

/** Several where several things are wrong with what was looked at. */
export type CheckResults = CheckResult | readonly CheckResult[];

export interface CheckResult {
  ok: boolean;
  /** What was found: a version, an amount. */
  version?: string;
  path?: string;
  /** The command, or else the words, that mend it. */
  mend?: string;
}
