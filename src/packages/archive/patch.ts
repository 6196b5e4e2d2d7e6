import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { HarnessError } from '../../errors.js';
import { lastWords, runChild } from './child.js';
import { RECIPE } from './recipe.js';

/**
 * Makes every program of an unpacked root use the loader and the libraries of that root. `root` is the present path
 * of the root, `home` its final path.
 *
 * The run path is DT_RPATH, not DT_RUNPATH. DT_RPATH also serves the libraries' own dependencies and plugins opened
 * at run time, so no library needs patching. It also goes before LD_LIBRARY_PATH, which the state transfer scripts
 * set.
 */
export async function patchPrograms(
  root: string,
  home: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const directories = libraryDirectories(root);
  const loader = findLoader(root, directories);
  const under = (base: string) => directories.map((directory) => join(base, directory)).join(':');
  const programs = findPrograms(root);
  const patchOne = async (program: string) => {
    // patchelf is of the root's suite too, so it runs on the root's loader.
    const result = await runChild(
      join(root, loader),
      [
        ...['--library-path', under(root), join(root, 'usr/bin/patchelf')],
        ...['--set-interpreter', join(home, loader), '--force-rpath', '--set-rpath', under(home), program],
      ],
      { signal },
    );
    if (result.code === 0) return;
    throw new HarnessError('PACKAGES', `patchelf failed on ${program}: ${lastWords(result)}`);
  };
  const worker = async () => {
    for (let program = programs.pop(); program !== undefined; program = programs.pop()) {
      await patchOne(program);
    }
  };
  const ends = await Promise.allSettled([worker(), worker()]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Directories of shared libraries, relative to the root. */
function libraryDirectories(root: string): string[] {
  const triplets = readdirSync(join(root, 'usr/lib')).filter((name) => /^[\w]+-linux-gnu/.test(name));
  return [...triplets.map((triplet) => join('usr/lib', triplet)), 'usr/lib'];
}

function findLoader(root: string, directories: readonly string[]): string {
  for (const directory of directories) {
    const name = readdirSync(join(root, directory)).find((entry) =>
      /^ld(64)?(-linux[\w-]*)?\.so\.\d$/.test(entry),
    );
    if (name !== undefined) return join(directory, name);
  }
  throw new HarnessError('PACKAGES', 'the packages contain no loader (ld-linux)');
}

function findPrograms(root: string): string[] {
  return RECIPE.programs.flatMap((name) =>
    ['usr/bin', 'usr/sbin']
      .map((bin) => join(root, bin, name))
      .filter((path) => existsSync(path) && lstatSync(path).isFile()),
  );
}
