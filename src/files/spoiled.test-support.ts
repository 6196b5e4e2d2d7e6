import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

/** What may stand where a file should, none of which can be read as one. */
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

/** Puts it in the place of what is there. */
export function spoil(path: string, how: Spoiled): void {
  rmSync(path, { recursive: true, force: true });
  SPOILED[how](path);
}

const NOBODY = 65_534;

/** Calls it as an ordinary user, who may not read everything: root may. */
export function asOrdinaryUser<T>(call: () => T): T {
  if (process.geteuid?.() !== 0) return call();
  process.seteuid?.(NOBODY);
  try {
    return call();
  } finally {
    process.seteuid?.(0);
  }
}
