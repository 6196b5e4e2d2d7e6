import type { Finding } from '../language/problems.js';
import type { Fault } from '../schema/faults.js';

/** A finding about a value of a stated fault, which is the only one. */
export function faultFinding(
  index: number,
  key: keyof Fault,
  message: string,
  hint: string,
  related: Finding['related'] = [],
): Finding[] {
  return [{ path: ['faults', index, key], related, at: 'value' as const, message, hint }];
}
