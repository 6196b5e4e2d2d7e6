import { setTimeout as sleep } from 'node:timers/promises';
import { readMachineCpu, type MachineCpu } from '../processes/cpu-time.js';
import { readStat } from '../processes/process-id.js';
import type { MachineBefore } from './resource-model.js';

/** Long enough for some 50 clock ticks on each CPU, enough to tell a busy CPU from an idle one. */
const LOOKED_FOR_MS = 500;
/** A look over a longer time would be of the past. */
const NOT_LONGER_THAN_MS = 2_000;

interface Reading {
  atMs: number;
  machine: MachineCpu;
  /** The part of the busy ticks that this process used. */
  ownTicks: number;
}

/** Taken as early as this module loads, so that a single run need not wait for its look. */
const AT_START = read();

/**
 * Measures how busy the machine is with other work, before the run starts anything. The time since the harness itself
 * started counts, if it is not long ago.
 *
 * @returns null where the machine does not tell
 */
export async function lookAtMachine(signal: AbortSignal): Promise<MachineBefore | null> {
  const isRecent = AT_START !== null && performance.now() - AT_START.atMs < NOT_LONGER_THAN_MS;
  const before = isRecent ? AT_START : read();
  if (before === null) return null;
  const left = before.atMs + LOOKED_FOR_MS - performance.now();
  if (left > 0) await sleep(left, undefined, { signal }).catch(() => undefined);
  const after = read();
  if (after === null) return null;
  const ownTicks = after.ownTicks - before.ownTicks;
  const { busyTicks, ...rest } = after.machine;
  return usedBetween(before.machine, { ...rest, busyTicks: busyTicks - ownTicks });
}

function read(): Reading | null {
  const machine = readMachineCpu();
  if (machine === null) return null;
  return { atMs: performance.now(), machine, ownTicks: readStat(process.pid)?.cpuTicks ?? 0 };
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
