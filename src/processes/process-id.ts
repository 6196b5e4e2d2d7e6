import { readFileSync } from 'node:fs';

/**
 * A process by number *and* start time. The kernel gives numbers again, so a number alone could name a stranger.
 * `startTime` is field 22 of `/proc/PID/stat` (proc(5)), in clock ticks since boot.
 */
export interface ProcessId {
  pid: number;
  startTime: string;
}

/** The identity of a running process, or null where none has this number (a zombie counts as none). */
export function identify(pid: number): ProcessId | null {
  const found = readStat(pid);
  return found === null || found.state === 'Z' || found.state === 'X' ? null : found.id;
}

/** The identity of a child that was not yet waited for, whether it still runs or is a zombie by now. */
export function identifyChild(pid: number): ProcessId | null {
  return readStat(pid)?.id ?? null;
}

/** What `/proc/PID/stat` says; null where no process has this number. `cpuTicks` are fields 14 and 15, user and system time. */
export function readStat(pid: number): { id: ProcessId; state: string; cpuTicks: number } | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // The second field, the command's name, may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTime = fields[19];
  if (state === undefined || startTime === undefined) return null;
  return { id: { pid, startTime }, state, cpuTicks: Number(fields[11]) + Number(fields[12]) };
}

/** True while exactly this process runs. */
export function isRunning(id: ProcessId): boolean {
  return identify(id.pid)?.startTime === id.startTime;
}
