import type { Figure } from '../../results/registry/figures.js';
import type { Scope } from '../../results/registry/figure.js';

/**
 * A check that a scenario states: `[CASE.][PHASE.][SCOPE.]FIGURE OPERATOR VALUE`, or `… in VALUE..VALUE`. Examples:
 * `dhcp4.REQUEST-ACK.responses >= 95%`, `*.first.duplicatePercent <= 2%`, `allAttempts.duplicateLeases == 0`, `p99 <
 * 50ms`. A check without a case is about every case, and one without a phase about every phase.
 */
export interface StatedCheck {
  /** The name of a case; `*` stands for any characters in it. */
  readonly case: string;
  /**
   * The name of a phase, in which `*` stands for any characters too, or one of {@link PHASE_WORDS}; `*` for a figure
   * of the case.
   */
  readonly phase: string;
  /** Null for a figure that is the same for all scopes. */
  readonly scope: Scope | null;
  readonly figure: Figure;
  readonly criterion: Criterion;
}

/**
 * `first`: the first phase of a case. `committing`: the phases whose answer gives the client the lease. `renewing`:
 * the committing phases in which the client asks for the lease that it holds.
 */
export const PHASE_WORDS = ['first', 'committing', 'renewing'] as const;

/** The pattern that matches every case or phase. */
export const ANY = '*';

export const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** The range includes `from` and `to`. */
export type Criterion =
  | { readonly operator: Comparison; readonly value: Quantity }
  | { readonly operator: 'in'; readonly from: Quantity; readonly to: Quantity };

export const UNITS = ['%', 'ms', 's'] as const;

export interface Quantity {
  readonly value: number;
  /** Empty for a plain number. */
  readonly unit: '' | (typeof UNITS)[number];
}

/** A mistake in the text of a check. */
export interface CheckProblem {
  /** Where the mistake is in the text, in characters from 0. */
  readonly offset: number;
  readonly message: string;
  /** The text that was probably meant in its place. */
  readonly suggestion?: string | undefined;
  readonly hint?: string | undefined;
}

/** Thrown only inside the parser. */
export class CheckSyntaxError extends Error {
  readonly problem: CheckProblem;

  constructor(problem: CheckProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * Where there is a suggestion, the message asks whether that was meant.
 *
 * @throws CheckSyntaxError
 */
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
