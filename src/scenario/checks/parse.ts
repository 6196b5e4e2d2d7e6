import { parseCriterion } from './criterion.js';
import { CheckSyntaxError, refuse, type CheckProblem, type StatedCheck } from './stated-check.js';
import { parseSubject, type Subject } from './subject.js';

const LONGEST = 200;

export type ParsedCheck =
  | { readonly check: StatedCheck; readonly offsets: Subject['offsets']; readonly problem?: undefined }
  | { readonly check?: undefined; readonly offsets?: undefined; readonly problem: CheckProblem };

/**
 * Reads a check as a scenario states it; see {@link StatedCheck}. Does not look whether the scenario runs the cases
 * that the check names.
 *
 * @returns the check, or the first mistake in the text; never throws
 * @example
 * parseCheck('dhcp4.REQUEST-ACK.responses >= 95%').check?.figure.name; // 'responses'
 */
export function parseCheck(text: string): ParsedCheck {
  try {
    if (text.length > LONGEST) refuse(0, `a check has at most ${LONGEST} characters`);
    const begin = text.length - text.trimStart().length;
    const subject = /^[^\s<>=!≤≥≠]*/.exec(text.slice(begin))?.[0] ?? '';
    const after = begin + subject.length;
    const { offsets, ...what } = parseSubject(subject, begin);
    const criterion = parseCriterion(text.slice(after), after, what.figure);
    return { check: { ...what, criterion }, offsets };
  } catch (error) {
    if (error instanceof CheckSyntaxError) return { problem: error.problem };
    throw error;
  }
}
