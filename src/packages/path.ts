import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * PATH for children: `first`, then this process's PATH, then the standard directories, those of administration
 * programs included.
 */
export function childPath(first: readonly string[]): string {
  const inherited = (process.env.PATH ?? '').split(delimiter);
  const standard = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  const absolute = [...first, ...inherited, ...standard].filter((directory) => directory.startsWith('/'));
  return [...new Set(absolute)].join(delimiter);
}

/** The path of the program that a bare name would start. */
export function findOnPath(name: string, path = process.env.PATH ?? ''): string | undefined {
  return path
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
