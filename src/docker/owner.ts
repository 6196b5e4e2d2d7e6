import { readFileSync, readlinkSync } from 'node:fs';
import { identify, isRunning, type ProcessId } from '../processes/process-id.js';
import { LABEL_PREFIX } from './engine.js';

/** The label that names the run which a container or network belongs to. */
export const RUN_LABEL = `${LABEL_PREFIX}.run`;
/** The label that says whose run it is: an `Owner` as JSON. */
export const OWNER_LABEL = `${LABEL_PREFIX}.owner`;

/**
 * The harness that something in an engine belongs to. An engine may serve several machines, users and containers, and
 * a process number means something only in the place that gave it.
 */
export interface Owner extends ProcessId {
  uid: number;
  /** The id of the machine's boot in which the harness was started (random(4)). */
  boot: string;
  /** The namespace that the process number is of (pid_namespaces(7)). */
  pidNamespace: string;
}

/** The labels of everything that this process makes for a run. */
export function labelsOf(run: string): Record<string, string> {
  return { [RUN_LABEL]: run, [OWNER_LABEL]: JSON.stringify(ownOwner()) };
}

export function ownOwner(): Owner {
  const id = identify(process.pid) ?? { pid: process.pid, startTime: '' };
  return { ...id, uid: process.getuid?.() ?? -1, boot: thisBoot(), pidNamespace: thisNamespace() };
}

/**
 * What became of the harness that labels name. `unknown`: the labels name no harness, or one of another user, or one
 * that can't be seen from here. `before-boot`: the harness's machine has been started again since, or is another
 * machine.
 */
export function fateOf(
  labels: Readonly<Record<string, string>>,
): 'lives' | 'dead' | 'before-boot' | 'unknown' {
  const owner = parseOwner(labels[OWNER_LABEL]);
  const own = ownOwner();
  if (owner === undefined || owner.uid !== own.uid) return 'unknown';
  if (owner.boot !== own.boot) return 'before-boot';
  if (owner.pidNamespace !== own.pidNamespace) return 'unknown';
  return isRunning(owner) ? 'lives' : 'dead';
}

function parseOwner(text: string | undefined): Owner | undefined {
  try {
    const { pid, startTime, uid, boot, pidNamespace } = JSON.parse(text ?? '') as Partial<Owner>;
    return typeof pid === 'number' &&
      typeof startTime === 'string' &&
      typeof uid === 'number' &&
      typeof boot === 'string' &&
      typeof pidNamespace === 'string'
      ? { pid, startTime, uid, boot, pidNamespace }
      : undefined;
  } catch {
    return undefined;
  }
}

function thisBoot(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}

function thisNamespace(): string {
  return readlinkSync('/proc/self/ns/pid');
}
