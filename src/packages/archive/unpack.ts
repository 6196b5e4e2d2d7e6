import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { HarnessError } from '../../errors.js';
import { RECIPE } from './recipe.js';

const MERGED = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'];
const AT_ONCE = 2;

/**
 * Unpacks package files into `directory` without installing them, and leaves out what no program needs.
 *
 * @throws HarnessError PACKAGES if a file is damaged or the disk is full
 */
export async function unpackPackages(
  files: readonly string[],
  directory: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await extractPackages(files, directory, RECIPE.left, signal);
  removeOtherPrograms(directory);
  keepLinksInside(directory, join(directory, 'usr'));
}

/**
 * Unpacks package files as they are into an empty `directory`, all owned by this user. Paths that match a pattern of
 * `left` are left out.
 *
 * @throws HarnessError PACKAGES if a file is damaged or the disk is full
 */
export async function extractPackages(
  files: readonly string[],
  directory: string,
  left: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  // Packages of some suites still have /lib where others have /usr/lib. One tree serves both.
  for (const name of MERGED) {
    mkdirSync(join(directory, 'usr', name), { recursive: true });
    symlinkSync(join('usr', name), join(directory, name));
  }
  const waiting = [...files];
  const worker = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      await extractPackage(file, directory, left, signal);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  signal?.throwIfAborted();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function extractPackage(
  file: string,
  directory: string,
  left: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const tarArgs = [
    ...['--extract', '--directory', directory, '--keep-directory-symlink', '--no-same-owner'],
    ...['--preserve-permissions', '--delay-directory-restore', '--wildcards', '--anchored'],
    ...left.map((pattern) => `--exclude=${pattern}`),
  ];
  // The two programs are not piped in a shell, because both exit codes count.
  const environment = { ...process.env, LC_ALL: 'C' };
  const reader = spawn('dpkg-deb', ['--fsys-tarfile', file], {
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const writer = spawn('tar', tarArgs, {
    env: environment,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  for (const stream of [reader.stderr, writer.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  }
  // If one end breaks, the other is closed too. The programs' own messages and exit codes say why.
  const piped = pipeline(reader.stdout, writer.stdin).catch(() => undefined);
  const abort = () => {
    reader.kill();
    writer.kill();
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const [codes] = await Promise.all([Promise.all([reader, writer].map(exitCode)), piped]);
    signal?.throwIfAborted();
    if (codes.every((code) => code === 0)) return;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  throw unpackError(file, said);
}

function exitCode(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

function unpackError(file: string, said: string): HarnessError {
  const line = said.trim().split('\n')[0] ?? '';
  const full = /No space left|Disk quota/i.test(said);
  // The signature was good at the download, so the copy has been damaged since. It is not trusted any longer.
  if (!full) rmSync(file, { force: true });
  return new HarnessError('PACKAGES', `${basename(file)} could not be unpacked: ${line}`, {
    hint: full
      ? 'the disk is full: free some space, or set KEA_CONFORMANCE_CACHE to a directory elsewhere'
      : 'it was removed: start again to fetch it once more',
  });
}

function removeOtherPrograms(directory: string): void {
  const programs: readonly string[] = RECIPE.programs;
  for (const bin of ['usr/bin', 'usr/sbin']) {
    for (const name of readdirSync(join(directory, bin))) {
      if (programs.includes(name) || RECIPE.scripts.test(name)) continue;
      rmSync(join(directory, bin, name), { recursive: true });
    }
  }
}

/**
 * Absolute links would lead to the system's files. They are turned to the same file inside the root, or removed if it
 * isn't there.
 */
function keepLinksInside(root: string, directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) keepLinksInside(root, path);
    if (!entry.isSymbolicLink()) continue;
    const target = readlinkSync(path);
    if (!target.startsWith('/')) continue;
    rmSync(path);
    const inside = join(root, target);
    if (inside !== path && lstatSync(inside, { throwIfNoEntry: false }) !== undefined) {
      symlinkSync(relative(dirname(path), inside), path);
    }
  }
}
