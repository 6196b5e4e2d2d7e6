import { busyText, isCpuShort, isShared } from '../../analysis/machine.js';
import type { Result } from '../result.js';

/**
 * What a busy machine explains is held against nobody: how fast and how much was answered, and which clients met in the
 * first phase. What must never happen counts however busy it was.
 */

/** Why a run's figures may be the machine's, in words; undefined where they are those of servers and nodes. */
export function machineShortage({ resources, reproduction }: Result): string | undefined {
  const machine = resources?.machine ?? null;
  if (machine !== null && isCpuShort(machine)) return busyText(machine);
  if (machine !== null && isShared(machine)) {
    // What the run itself used is no shortage.
    const { otherPercent, stolenPercent } = machine;
    return busyText({ ...machine, busyPercent: (otherPercent ?? 0) + (stolenPercent ?? 0) });
  }
  // Another experiment than the article's is still the same as its own baseline.
  const broken = reproduction?.premises.find(
    ({ name, verdict }) => verdict !== 'pass' && name !== 'premise.topology',
  );
  if (broken === undefined) return undefined;
  return broken.case === '' ? broken.actual : `${broken.case}: ${broken.actual}`;
}
