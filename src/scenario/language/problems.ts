import { HarnessError } from '../../errors.js';
import type { Path } from './paths.js';

/**
 * Where a problem was written: in a file, with line and column from 1 unless the file can't be read, or on the
 * command line.
 */
export type Location =
  { readonly file: string; readonly line?: number; readonly column?: number } | { readonly set: string };

/** One mistake in a scenario. */
export interface Problem {
  readonly location: Location;
  /** The path of the value concerned, such as `load.ratePerServer`; empty for a problem of the file as a whole. */
  readonly path: string;
  /** What is wrong, without the location. */
  readonly message: string;
  /** The key, path, value or name that was probably meant, always in full: `load.ratePerServer`. */
  readonly suggestion?: string | undefined;
  readonly hint?: string | undefined;
}

/** A problem with the path of its value, before the value's place in the text is known. */
export interface Finding {
  readonly path: Path;
  /** Other values that contribute to the problem. */
  readonly related?: readonly Path[];
  /** Whether to point at the key or at its value. */
  readonly at: 'key' | 'value';
  /** Where the problem is in a value that is text, in characters from 0. */
  readonly offset?: number;
  readonly message: string;
  readonly suggestion?: string | undefined;
  readonly hint?: string | undefined;
}

const LISTED = 5;

/**
 * A scenario that can't be used (code `SCENARIO`). The message is about the first problem and lists the others under
 * it. Problems of the file come first, then those of the command line.
 */
export class ScenarioError extends HarnessError {
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(problems: readonly [Problem, ...Problem[]], options: { cause?: unknown } = {}) {
    const [first, ...others] = problems;
    const lines = [
      showProblem(first),
      ...others.slice(0, LISTED).map((problem) => `  also ${showProblem(problem)}`),
      ...(others.length > LISTED ? [`  and ${others.length - LISTED} more`] : []),
    ];
    super('SCENARIO', lines.join('\n'), {
      ...options,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    });
    this.problems = problems;
  }

  /** Where the first problem is. */
  get location(): Location {
    return this.problems[0].location;
  }
}

function showProblem(problem: Problem): string {
  return `${showLocation(problem.location)}: ${problem.message}`;
}

function showLocation(location: Location): string {
  if ('set' in location) return `--set ${printable(location.set)}`;
  const { file, line, column } = location;
  return [printable(file), line, column].filter((part) => part !== undefined).join(':');
}

/** The text, shortened, and with control characters escaped so that it can't disturb a terminal. */
function printable(text: string): string {
  const short = text.length > 200 ? `${text.slice(0, 199)}…` : text;
  return short.replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
}

/** Throws if there is any problem. Each problem is reported once, in the order of the file. */
export function throwIfAny(problems: readonly Problem[]): void {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  const [first, ...others] = [...unique.values()].sort(byPosition);
  if (first !== undefined) throw new ScenarioError([first, ...others]);
}

function byPosition({ location: a }: Problem, { location: b }: Problem): number {
  if ('set' in a || 'set' in b) return Number('set' in a) - Number('set' in b);
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
