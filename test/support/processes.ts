import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface FoundProcess {
  pid: number;
  /** The arguments, separated by spaces. */
  command: string;
  /** The effective user. */
  uid: number;
}

/**
 * The processes that belong to a directory: it is in their arguments or environment, or is their working directory.
 * Zombies have none of the three.
 */
export function processesOf(directory: string): FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      const traces = [
        read(`/proc/${name}/cmdline`),
        read(`/proc/${name}/environ`),
        linkOf(`/proc/${name}/cwd`),
      ];
      return traces.some((trace) => trace.includes(directory));
    })
    .map((name) => ({
      pid: Number(name),
      command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim(),
      uid: effectiveUid(read(`/proc/${name}/status`)),
    }));
}

/** The environment that a process was started with, as far as this user may see it. */
export function environmentOf(pid: number): string {
  return read(`/proc/${pid}/environ`);
}

/** `Uid: real effective saved file-system` (proc(5)). */
function effectiveUid(status: string): number {
  return Number(/^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1] ?? NaN);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process has gone meanwhile, or belongs to another user.
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
