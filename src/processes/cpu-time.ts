import { readFileSync } from 'node:fs';
import { readStat, type ProcessId } from './process-id.js';

/** CPU time of all CPUs together since boot, in clock ticks: `/proc/stat` (proc(5)). */
export interface MachineCpu {
  cpus: number;
  /** Ticks that were neither idle nor waiting for a disk. */
  busyTicks: number;
  /** The part of `busyTicks` that the host of a virtual machine gave to others while this machine had work. */
  stolenTicks: number;
  totalTicks: number;
}

/** Reads `/proc/stat`; null where there is no such file, or nothing of it can be read. */
export function readMachineCpu(): MachineCpu | null {
  try {
    return parseMachineCpu(readFileSync('/proc/stat', 'latin1'));
  } catch {
    return null;
  }
}

/**
 * Reads the text of `/proc/stat`. Guests' time is in that of their host (user, nice) already, so it is not added
 * again.
 */
export function parseMachineCpu(text: string): MachineCpu | null {
  const lines = text.split('\n');
  const all = lines.find((line) => line.startsWith('cpu '));
  const cpus = lines.filter((line) => /^cpu\d+ /.test(line)).length;
  if (all === undefined || cpus === 0) return null;
  const ticks = all.trim().split(/\s+/).slice(1, 9).map(Number);
  if (ticks.length < 5 || ticks.some((one) => !Number.isFinite(one))) return null;
  const [, , , idle = 0, waiting = 0, , , stolenTicks = 0] = ticks;
  const totalTicks = ticks.reduce((sum, one) => sum + one, 0);
  return { cpus, busyTicks: totalTicks - idle - waiting, stolenTicks, totalTicks };
}

/**
 * The CPU time that a process and all its threads have used so far, in the ticks of {@link MachineCpu}; null once
 * this process is gone.
 */
export function cpuTicksOf({ pid, startTime }: ProcessId): number | null {
  const stat = readStat(pid);
  return stat?.id.startTime === startTime ? stat.cpuTicks : null;
}
