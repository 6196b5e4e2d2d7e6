import { readFileSync } from 'node:fs';
import { identify, type ProcessId } from '../processes/process-id.js';

/**
 * The process of this machine that an engine knows by this number. An engine elsewhere, or an engine outside the
 * container that this program itself runs in, numbers its processes otherwise. So a process counts only if it is in a
 * control group that bears the container's name (cgroups(7), `/proc/PID/cgroup`).
 */
export function processHere(pid: number, containerId: string): ProcessId | undefined {
  const id = identify(pid);
  return id !== null && groupsOf(pid).includes(containerId) ? id : undefined;
}

function groupsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'latin1');
  } catch {
    return '';
  }
}
