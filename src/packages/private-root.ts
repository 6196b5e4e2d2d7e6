import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { HarnessError } from '../errors.js';
import { PrivateApt, requireApt, type DownloadPlan } from './archive/apt.js';
import { cacheDirectory, makeDirectory, requireReachableByOthers } from './cache.js';
import { runChild } from './archive/child.js';
import { distributionSources, machineSuite, readDistribution } from './archive/distribution.js';
import { withLock } from './lock.js';
import {
  packageOfFile,
  programsOf,
  readManifest,
  writeManifest,
  type RootManifest,
} from './archive/manifest.js';
import { patchPrograms } from './archive/patch.js';
import type { Programs } from './programs.js';
import { debianArchitecture, packagesOn, RECIPE_ID } from './archive/recipe.js';
import { readAptSources } from './archive/sources.js';
import { unpackPackages } from './archive/unpack.js';
import { verifyRoot } from './archive/verify.js';
import { whyNot } from '../files/why-not.js';

/**
 * What is being done, for people. A new `message` is a new step; `fraction` (0 to 1) says how much of the step is
 * done.
 */
export interface RootProgress {
  message: string;
  fraction?: number;
}

export interface PrivateRootOptions {
  /** The distribution's suite; by default the machine's own. */
  suite?: string | undefined;
  onProgress?: ((progress: RootProgress) => void) | undefined;
  /** Ends the making of a root. A later call goes on with what was downloaded. */
  signal?: AbortSignal | undefined;
  /** Where roots are kept; by default what `cacheDirectory()` says. */
  cache?: string | undefined;
  /** Where apt's sources are; by default `/etc/apt`. */
  etcApt?: string | undefined;
}

/** Where the root of a suite is, or would be. */
export interface RootPlace {
  suite: string;
  architecture: string;
  directory: string;
  cache: string;
}

/** Finds out where the root would be; touches nothing. */
export function privateRootPlace(options: PrivateRootOptions = {}): RootPlace {
  const cache = options.cache ?? cacheDirectory();
  const architecture = debianArchitecture();
  const suite = options.suite ?? machineSuite(readAptSources(options.etcApt), readDistribution());
  const name = `${suite === '' ? 'unknown' : suite}-${architecture}-${RECIPE_ID}`;
  return { suite, architecture, cache, directory: join(cache, 'roots', name) };
}

/** The programs of the root if it was made before; undefined otherwise. Takes milliseconds, runs nothing. */
export function findPrivateRoot(options: PrivateRootOptions = {}): Programs | undefined {
  const { directory } = privateRootPlace(options);
  const manifest = readManifest(directory);
  return manifest === undefined ? undefined : programsOf(directory, manifest.versions);
}

/**
 * Kea, MariaDB, Galera, haproxy and perfdhcp of the distribution, unpacked into a directory of the user's cache:
 * made on the first call, found there afterwards. Needs no privileges and changes nothing on the system.
 * Several processes may call it at once.
 *
 * @example
 * const programs = await ensurePrivateRoot({ onProgress: ({ message }) => console.error(message) });
 * spawn(programs.keaDhcp4, ['-v'], { env: { ...process.env, ...programs.environment } });
 *
 * @throws HarnessError PREREQUISITE (no apt, cache not reachable by the servers' user), PACKAGES (mirror not
 *   reachable, signature refused, disk full), STORAGE (cache can't be written); `signal.reason` when aborted
 */
export async function ensurePrivateRoot(options: PrivateRootOptions = {}): Promise<Programs> {
  const found = findPrivateRoot(options);
  if (found !== undefined) {
    requireReachableByOthers(privateRootPlace(options).directory);
    return found;
  }
  requireApt();
  const place = privateRootPlace(options);
  makeDirectory(join(place.cache, 'roots'));
  requireReachableByOthers(join(place.cache, 'roots'));
  const onWait = () =>
    options.onProgress?.({ message: `Waiting for another process that is making ${place.directory}…` });
  return withLock(`${place.directory}.lock`, { signal: options.signal, onWait }, async (lock) => {
    const madeMeanwhile = findPrivateRoot(options);
    return madeMeanwhile ?? make(place, options, lock);
  });
}

async function make(place: RootPlace, options: PrivateRootOptions, lock: number): Promise<Programs> {
  const { signal, onProgress } = options;
  const { directory, suite, architecture } = place;
  const say = (message: string) => onProgress?.({ message });
  const work = join(place.cache, `download-${suite}-${architecture}`);
  const unfinished = join(dirname(directory), `.${suite}-${architecture}-${RECIPE_ID}`);
  try {
    rmSync(unfinished, { recursive: true, force: true });
    rmSync(directory, { recursive: true, force: true });
    makeDirectory(work);
    const machine = readDistribution();
    const sources = distributionSources(readAptSources(options.etcApt), machine, { suite, architecture });
    const apt = new PrivateApt(work, sources, architecture);
    const share = { signal, inherit: [lock] };

    say(`Reading the package lists of ${suite} (about 10 MB, not kept)…`);
    await apt.update(share);
    const packages = packagesOn(architecture);
    const plan = await apt.plan(packages, share);
    requireSpace(place.cache, plan);
    const downloading = describeDownload(plan, directory);
    say(downloading);
    const files = await apt.download(packages, {
      ...share,
      onFraction: (fraction) => onProgress?.({ message: downloading, fraction }),
    });

    say(`Unpacking into ${directory}; nothing is installed on the system…`);
    mkdirSync(unfinished);
    chmodSync(unfinished, 0o755);
    await unpackPackages(files, unfinished, signal);
    await patchPrograms(unfinished, directory, signal);
    renameSync(unfinished, directory);

    const unpacked = Object.fromEntries(files.map(packageOfFile));
    const galera = /^\d+\.\d+\.\d+/.exec(unpacked['galera-4'] ?? '')?.[0] ?? 'unknown';
    const versions = { kea: '', mariadb: '', galera };
    const unverified = programsOf(directory, versions);
    if (unverified === undefined) {
      throw new HarnessError('PACKAGES', `the packages of ${suite} lack some of the programs`);
    }
    Object.assign(versions, await verifyRoot(directory, unverified, signal));
    const manifest: RootManifest = {
      recipe: RECIPE_ID,
      suite,
      architecture,
      location: directory,
      madeAt: new Date().toISOString(),
      download: plan.download,
      bytes: await diskUsage(directory, signal),
      versions,
      packages: unpacked,
    };
    writeManifest(directory, manifest);
    rmSync(work, { recursive: true, force: true });
    say(`Kea ${versions.kea}, MariaDB ${versions.mariadb} and Galera ${versions.galera} are ready.`);
    return unverified;
  } catch (error) {
    // What was downloaded stays for the next attempt.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(directory, 'root.json'))) rmSync(directory, { recursive: true, force: true });
    throw asHarnessError(error, place);
  }
}

function describeDownload({ packages, download, unpacked }: DownloadPlan, directory: string): string {
  const what = `${packages} packages`;
  const first = download === '0 B' ? `Using ${what} downloaded before` : `Downloading ${what}, ${download}`;
  return `${first} (at most ${unpacked} unpacked) into ${directory}, once…`;
}

function requireSpace(cache: string, plan: DownloadPlan): void {
  const { bavail, bsize } = statfsSync(cache);
  const available = bavail * bsize;
  // The space for the packages and for what is kept of them, measured on three suites, with a margin of a third.
  const needed = plan.unpackedBytes * 0.8;
  if (available >= needed) return;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  throw new HarnessError(
    'PACKAGES',
    `no space for the private root: it needs ${megabytes(needed)}, and ${cache} has ${megabytes(available)} left`,
    { hint: 'free some space, or set KEA_CONFORMANCE_CACHE to a directory elsewhere' },
  );
}

async function diskUsage(directory: string, signal: AbortSignal | undefined): Promise<number> {
  const { stdout } = await runChild('du', ['-s', '--block-size=1', directory], { signal });
  return Number(/^\d+/.exec(stdout)?.[0] ?? 0);
}

function asHarnessError(error: unknown, place: RootPlace): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof HarnessError || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error;
  return new HarnessError('STORAGE', `${place.cache} can't be written: ${whyNot(error)}`, {
    hint:
      code === 'ENOSPC'
        ? 'free some space, or set KEA_CONFORMANCE_CACHE to a directory elsewhere'
        : 'set KEA_CONFORMANCE_CACHE to a directory that you may write to',
    cause: error,
  });
}
