import { spawnSync } from 'node:child_process';

type Way = (inner: readonly string[]) => string[];

/**
 * A command line that runs `inner` with a file system of so many megabytes at `directory`. Undefined if the kernel
 * lets this user mount nothing, not even in a namespace of his own.
 */
export function withLimitedSpace(
  directory: string,
  megabytes: number,
  inner: readonly string[],
): string[] | undefined {
  const script = 'mount -t tmpfs -o "mode=755,size=$1m" tmpfs "$2" && shift 2 && exec "$@"';
  const mounting = ['sh', '-c', script, 'sh', String(megabytes), directory];
  const me = [`--map-user=${process.getuid?.() ?? 0}`, `--map-group=${process.getgid?.() ?? 0}`];
  const ways: Way[] = [
    (command) => ['unshare', '--mount', ...mounting, ...command],
    // An ordinary user becomes root in a user namespace, mounts, and gets his own user id back in another namespace.
    (command) => ['unshare', '--mount', '--map-root-user', ...mounting, 'unshare', ...me, ...command],
  ];
  return ways.find((way) => succeeds(way(['true'])))?.(inner);
}

function succeeds([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}
