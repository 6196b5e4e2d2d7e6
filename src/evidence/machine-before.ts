import { setTimeout as sleep } from 'node:timers/promises';
import { readMachineCpu, type MachineCpu } from '../processes/cpu-time.js';
import type { MachineBefore } from './resource-model.js';

/** Long enough for some 50 clock ticks on each CPU, enough to tell a busy CPU from an idle one. */
const LOOKED_FOR_MS = 500;

/**
 * Measures how busy the machine is before the run starts anything.
 *
 * @returns null where the machine does not tell
 */
export async function lookAtMachine(signal: AbortSignal): Promise<MachineBefore | null> {
  const before = readMachineCpu();
  if (before === null) return null;
  await sleep(LOOKED_FOR_MS, undefined, { signal }).catch(() => undefined);
  const after = readMachineCpu();
  return after === null ? null : usedBetween(before, after);
}

/** @returns null where no tick has passed */
export function usedBetween(before: MachineCpu, after: MachineCpu): MachineBefore | null {
  const total = after.totalTicks - before.totalTicks;
  if (total <= 0) return null;
  const percent = (ticks: number) => Math.min(100, Math.max(0, (100 * ticks) / total));
  return {
    busyPercent: percent(after.busyTicks - before.busyTicks),
    stolenPercent: percent(after.stolenTicks - before.stolenTicks),
  };
}
