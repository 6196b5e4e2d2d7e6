import type { Figure, Scope } from './figures.js';

/**
 * A check that a scenario states. `[CASE.][PHASE.][SCOPE.]FIGURE OPERATOR VALUE`, or `… in VALUE..VALUE`:
 * `dhcp4.REQUEST-ACK.responses >= 95%`, `*.first.duplicatePercent <= 2%`, `allAttempts.duplicateLeases == 0`,
 * `p99 < 50ms`. Case and phase left out mean every one.
 */
export interface StatedCheck {
  /** The name of a case; `*` stands for any characters in it. */
  readonly case: string;
  /** The name of a phase, likewise, or one of {@link PHASE_WORDS}; `*` for a figure of the case. */
  readonly phase: string;
  /** Null for a figure that is not given by scope. */
  readonly scope: Scope | null;
  readonly figure: Figure;
  readonly criterion: Criterion;
}

/**
 * `first`: the phase a case begins with. `committing`: those whose answer gives the client the lease. `renewing`: of these,
 * the ones in which it asks for what it holds.
 */
export const PHASE_WORDS = ['first', 'committing', 'renewing'] as const;

/** Every one. */
export const ANY = '*';

export const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** `from` and `to` belong to the range. */
export type Criterion =
  | { readonly operator: Comparison; readonly value: Quantity }
  | { readonly operator: 'in'; readonly from: Quantity; readonly to: Quantity };

export const UNITS = ['%', 'ms', 's'] as const;

export interface Quantity {
  readonly value: number;
  /** Empty: a plain number. */
  readonly unit: '' | (typeof UNITS)[number];
}

/** What is wrong in the text of a check. */
export interface CheckProblem {
  /** Where in the text, in characters from 0. */
  readonly offset: number;
  readonly message: string;
  /** What was probably meant in its place. */
  readonly suggestion?: string | undefined;
  readonly hint?: string | undefined;
}

/** Thrown inside the parser only. */
export class CheckSyntaxError extends Error {
  readonly problem: CheckProblem;

  constructor(problem: CheckProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** @throws CheckSyntaxError; with a suggestion, the message asks whether that was meant */
export function refuse(
  offset: number,
  message: string,
  more: { suggestion?: string | undefined; hint?: string | undefined } = {},
): never {
  const question = more.suggestion === undefined ? '' : `; did you mean ${more.suggestion}?`;
  throw new CheckSyntaxError({ offset, message: message + question, ...more });
}

/** A piece of the text in an error message. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
