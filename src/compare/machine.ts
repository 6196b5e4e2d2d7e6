import { busyText, isCpuShort, isShared } from '../judgement/machine/machine.js';
import type { Result } from '../results/result.js';

/**
 * A busy machine may explain the rate, the share of answered requests and their latency, and which clients met in the
 * first phase. Then these are no regression. Violations count on any machine.
 */

/** Why the machine may have caused a run's figures, in words. Undefined if the machine had no shortage. */
export function machineShortage({ resources, reproduction }: Result): string | undefined {
  const machine = resources?.machine ?? null;
  if (machine !== null && isCpuShort(machine)) return busyText(machine);
  if (machine !== null && isShared(machine)) {
    // The run's own use of CPU is no shortage, so only other programs and the host are named.
    const { otherPercent, stolenPercent } = machine;
    return busyText({ ...machine, busyPercent: (otherPercent ?? 0) + (stolenPercent ?? 0) });
  }
  // `premise.topology` does not matter here: a run of another experiment than the article's is still comparable with
  // its own baseline.
  const broken = reproduction?.premises.find(
    ({ name, verdict }) => verdict !== 'pass' && name !== 'premise.topology',
  );
  if (broken === undefined) return undefined;
  return broken.case === '' ? broken.actual : `${broken.case}: ${broken.actual}`;
}
