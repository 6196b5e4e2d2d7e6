import { readFileSync } from 'node:fs';

/**
 * A process by number *and* start time: the kernel gives numbers again, so a number alone could name a stranger.
 * `startTime` is field 22 of `/proc/PID/stat` (proc(5)), in clock ticks since boot.
 */
export interface ProcessId {
  pid: number;
  startTime: string;
}

/** The identity of a running process, or null where none has this number (a zombie counts as none). */
export function identify(pid: number): ProcessId | null {
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
  if (startTime === undefined || state === 'Z' || state === 'X') return null;
  return { pid, startTime };
}

/** True while exactly this process runs. */
export function isRunning(id: ProcessId): boolean {
  return identify(id.pid)?.startTime === id.startTime;
}
