import { readFileSync } from 'node:fs';
import type { RunAs } from '../processes/unprivileged-user.js';

/**
 * How programs get into network namespaces. An ordinary user makes them inside a user namespace, where he counts as root
 * (user_namespaces(7)). The real root needs none.
 */
export interface Entrances {
  /** The words that start a program in a network namespace of its own: the first one, without a process to join. */
  first: readonly string[];
  /** The same beside the first one. */
  beside: (first: number) => readonly string[];
  /** The words that start a program in the namespaces of a process, as one who may change links and rules there. */
  asRoot: (process: number) => readonly string[];
  /**
   * The words that start a server in the namespaces of a process. It has no rights over the network there. MariaDB and
   * the state transfer by rsync don't work as the root of a user namespace.
   */
  asServer: (process: number) => readonly string[];
  /** The same for a server that may open raw sockets, as Kea must to hear broadcasts. */
  asRawServer: (process: number) => readonly string[];
  /**
   * The words that start a program in a network namespace of its own, in which it may do everything. It is not the root
   * of a user namespace.
   */
  ofItsOwn: readonly string[];
}

/**
 * @param runAs the user that servers run as, where the harness is root; undefined for an ordinary user
 * @param own the harness's own user and group
 */
export function entrances(runAs: RunAs | undefined, own: RunAs): Entrances {
  return runAs === undefined ? ofUser(own) : ofRoot(runAs);
}

function ofUser({ uid, gid }: RunAs): Entrances {
  const join = (process: number, ...more: string[]) => [
    ...['nsenter', '--target', String(process), '--user', ...more, '--preserve-credentials', '--'],
  ];
  const asRoot = (process: number) => join(process, '--net');
  const asHimself = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`];
  return {
    first: ['unshare', '--user', '--map-root-user', '--net', '--'],
    beside: (first) => [...join(first), 'unshare', '--net', '--'],
    asRoot,
    // A user namespace inside, in which he is an ordinary user again.
    asServer: (process) => [...asRoot(process), ...asHimself, '--'],
    asRawServer: asRoot,
    ofItsOwn: [...asHimself, '--keep-caps', '--net', '--'],
  };
}

function ofRoot({ uid, gid }: RunAs): Entrances {
  const first = ['unshare', '--net', '--'];
  const asUser = ['setpriv', '--reuid', String(uid), '--regid', String(gid), '--clear-groups'];
  const asRoot = (process: number) => ['nsenter', '--target', String(process), '--net', '--'];
  return {
    first,
    beside: () => first,
    asRoot,
    asServer: (process) => [...asRoot(process), ...asUser, '--'],
    asRawServer: (process) => [
      ...asRoot(process),
      ...asUser,
      ...['--inh-caps', '+net_raw', '--ambient-caps', '+net_raw', '--'],
    ],
    ofItsOwn: first,
  };
}

/** The program of a process that only holds a namespace. */
export const HOLDER = { command: 'sleep', args: ['infinity'] } as const;

/** Whether a process has become the {@link HOLDER}: its namespaces are complete then. */
export function isHolder(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trimEnd() === HOLDER.command;
  } catch {
    return false;
  }
}
