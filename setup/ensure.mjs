import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from './child.mjs';
import { withLock } from './lock.mjs';
import { EXIT_PREREQUISITE, fail, requireNode, say } from './say.mjs';

export const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));

const at = (...parts) => join(CHECKOUT, ...parts);
// This directory is on the same file system as dist, and every tool ignores it.
const SCRATCH = at('node_modules', '.cache', 'kea-lease-conformance');
const STAMP = at('dist', '.inputs');

/** Makes sure that node_modules holds what package-lock.json says. */
export async function ensurePackages() {
  requireNode();
  if (packagesAreInstalled()) return;
  await withLock(async (lock) => {
    if (!packagesAreInstalled()) await installPackages(lock);
  });
}

/** Makes sure that dist is what the sources compile to. */
export async function ensureBuild() {
  await ensurePackages();
  if (readIfThere(STAMP) === hashOfInputs()) return;
  await withLock(async (lock) => {
    const inputs = hashOfInputs();
    if (readIfThere(STAMP) !== inputs) await build(inputs, lock);
  });
}

/** Compares with npm's own record of what it installed. npm writes this record last. */
function packagesAreInstalled() {
  const record = readIfThere(at('node_modules', '.package-lock.json'));
  if (record === undefined) return false;
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(record).packages;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages are for one platform each.
    if (found === undefined) return optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

async function installPackages(lock) {
  const { packages } = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));
  const count = Object.values(packages).filter(({ optional }) => optional !== true).length - 1;
  say(`Installing ${count} npm packages into node_modules, about 120 MB on disk (once)…`);
  const npm = process.env.npm_execpath;
  const [program, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await run(program, [...first, ...args], { cwd: CHECKOUT, lock }).catch((error) => {
    fail(`npm can't be run: ${error.message}`, EXIT_PREREQUISITE);
  });
  if (code !== 0) {
    fail(
      'npm could not install the packages; is its registry reachable? Start again to retry.',
      EXIT_PREREQUISITE,
    );
  }
}

async function build(inputs, lock) {
  say('Compiling (once, and after changes)…');
  const fresh = join(SCRATCH, 'dist');
  const old = join(SCRATCH, 'dist.old');
  rmSync(fresh, { recursive: true, force: true });
  rmSync(old, { recursive: true, force: true });
  const tsc = at('node_modules', 'typescript', 'bin', 'tsc');
  const args = ['--project', 'tsconfig.build.json', '--outDir', fresh, '--noEmitOnError'];
  const code = await run(process.execPath, [tsc, ...args], { cwd: CHECKOUT, lock });
  if (code !== 0) fail('The sources do not compile.', 70);
  for (const name of sourceFiles(isAsset)) cpSync(at('src', name), join(fresh, name));
  // The link that `npm link` puts on PATH leads to this file.
  chmodSync(join(fresh, 'cli.js'), 0o755);
  writeFileSync(join(fresh, '.inputs'), inputs);
  if (existsSync(at('dist'))) renameSync(at('dist'), old);
  renameSync(fresh, at('dist'));
  rmSync(old, { recursive: true, force: true });
}

/** Whether a file is one that a page carries with it and no compiler touches. */
function isAsset(name) {
  return name.split(sep).includes('assets') && /\.(css|js)$/.test(name);
}

/** The wanted files below src, in order. */
function sourceFiles(wanted) {
  return readdirSync(at('src'), { recursive: true }).filter(wanted).sort();
}

/** A hash of everything that the build reads. */
function hashOfInputs() {
  const hash = createHash('sha256');
  const sources = sourceFiles(
    (name) => (name.endsWith('.ts') && !name.endsWith('.test.ts')) || isAsset(name),
  ).map((name) => join('src', name));
  for (const name of ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', ...sources]) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(at(name)))
      .update('\0');
  }
  return hash.digest('hex');
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
