import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

/** Things that may lie at a file's path and can't be read as a file. Each function makes one at a path. */
export const SPOILED = {
  'a directory': (path: string) => mkdirSync(path),
  'a pipe without a writer': (path: string) => void execFileSync('mkfifo', [path]),
  'a link to itself': (path: string) => symlinkSync(path, path),
  'a link to nothing': (path: string) => symlinkSync(`${path}.gone`, path),
  'a device without an end': (path: string) => symlinkSync('/dev/zero', path),
  'a file that may not be read': (path: string) => {
    writeFileSync(path, '{}');
    chmodSync(path, 0);
  },
} as const;

export type Spoiled = keyof typeof SPOILED;
export const SPOILED_NAMES = Object.keys(SPOILED) as Spoiled[];

/** Replaces what lies at the path by one of the {@link SPOILED}. */
export function spoil(path: string, how: Spoiled): void {
  rmSync(path, { recursive: true, force: true });
  SPOILED[how](path);
}

const NOBODY = 65_534;

/** Calls `call` as an ordinary user, because root may read everything. */
export function asOrdinaryUser<T>(call: () => T): T {
  if (process.geteuid?.() !== 0) return call();
  process.seteuid?.(NOBODY);
  try {
    return call();
  } finally {
    process.seteuid?.(0);
  }
}
