/** Something that a run needs, and how to find out whether it is there. */
export interface Check {
  name: string;
  /** Looks without changing anything. Something that is merely missing is a result, never a rejection. */
  run: () => CheckResults | Promise<CheckResults>;
}

/** One result, or several where several things are wrong. */
export type CheckResults = CheckResult | readonly CheckResult[];

export interface CheckResult {
  ok: boolean;
  /** What was found: a version, an amount. */
  version?: string;
  path?: string;
  /** The command that mends it, or else a sentence that says how. */
  mend?: string;
  /** Whether most runs do without it. Then nothing is missing without it. */
  optional?: boolean;
}
