import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../errors.js';
import { cacheDirectory, makeDirectory, requireReachableByOthers } from '../../packages/cache.js';
import type { RunAs } from '../../processes/unprivileged-user.js';
import { accountsWith } from '../accounts.js';
import { copyDirectory } from '../copy-directory.js';
import { nodeConfiguration } from '../node-configuration.js';
import { prepareDataDirectory, type DataDirectoryRequest } from './data-directory.js';

/** A data directory with the users, whose password it is, and Kea's schema. No server runs on it. */
export interface PreparedData {
  directory: string;
  password: string;
  /** A cluster with it did not start. The next run makes one of its own, and keeps that. */
  distrust: () => void;
}

export interface PreparedDataRequest extends Omit<DataDirectoryRequest, 'password'> {
  /** Where data directories are kept; by default what `cacheDirectory()` says. */
  cache?: string | undefined;
}

/** Raised when what a data directory holds changes in a way that {@link contentOf} does not show. */
const RECIPE = 1;
/** A file beside a kept data directory that no run uses any more. */
const DISTRUSTED = 'distrusted';
/** A kept data directory that was not used for this long is removed. */
const KEPT_FOR_MS = 14 * 24 * 3_600_000;

/**
 * The data directory that all nodes start from. Making one takes longer than starting a cluster, and the result is
 * always the same, but for the password. So it is kept in the cache, under a name that tells all it was made of, with
 * its password, which only the harness's own user can read. Where the cache can't be used, one is made for the run
 * alone.
 * Errors: those of {@link prepareDataDirectory}; STORAGE.
 */
export async function dataDirectory(request: PreparedDataRequest): Promise<PreparedData> {
  const { runAs, signal, cache = cacheDirectory() } = request;
  const place = join(cache, 'data-directories', nameOf(await contentOf(request)));
  const kept = find(place);
  if (kept !== undefined) return kept;
  const password = randomBytes(18).toString('base64url');
  const directory = await prepareDataDirectory({ ...request, password });
  try {
    await keep({ place, directory, password, runAs, signal });
  } catch {
    // The cache is full, or belongs to another user. This run has its data directory all the same.
    signal.throwIfAborted();
  }
  return { directory, password, distrust: () => distrust(place) };
}

/** Another run may be copying it, so it stays until a new one takes its place. */
function distrust(place: string): void {
  if (existsSync(place)) writeFileSync(join(place, DISTRUSTED), '');
}

function find(place: string): PreparedData | undefined {
  if (existsSync(join(place, DISTRUSTED))) return undefined;
  try {
    const password = readFileSync(join(place, 'password'), 'utf8');
    requireReachableByOthers(place);
    const now = new Date();
    utimesSync(place, now, now);
    return { directory: join(place, 'data'), password, distrust: () => distrust(place) };
  } catch {
    return undefined;
  }
}

interface Keeping {
  place: string;
  directory: string;
  password: string;
  runAs: RunAs | undefined;
  signal: AbortSignal;
}

/** Puts a copy of the data directory at its place. It appears there whole, or not at all. */
async function keep({ place, directory, password, runAs, signal }: Keeping): Promise<void> {
  const parent = join(place, '..');
  makeDirectory(parent);
  requireReachableByOthers(parent);
  removeUnused(parent);
  const unfinished = join(parent, `.${randomBytes(8).toString('hex')}`);
  mkdirSync(unfinished);
  try {
    // `cp` runs as the servers' user, who must be able to write here meanwhile.
    if (runAs !== undefined) chownSync(unfinished, runAs.uid, runAs.gid);
    await copyDirectory(directory, join(unfinished, 'data'), { runAs, signal, sparse: true });
    if (runAs !== undefined) chownSync(unfinished, 0, 0);
    writeFileSync(join(unfinished, 'password'), password, { mode: 0o600, flag: 'wx' });
    chmodSync(unfinished, 0o755);
    if (existsSync(join(place, DISTRUSTED))) rmSync(place, { recursive: true, force: true });
    // Fails if another run was first. What that run kept is as good.
    renameSync(unfinished, place);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Also removes what runs left that were killed while they kept a data directory. */
function removeUnused(parent: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (Date.now() - statSync(path).mtimeMs > KEPT_FOR_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Everything that decides what the data directory holds, but for the password and the paths of one run. */
async function contentOf(request: PreparedDataRequest): Promise<unknown[]> {
  const { programs, node, runAs, behindProxy = false } = request;
  const { server, preparingArguments } = node.flavor;
  const paths = { optionFile: 'my.cnf', dataDirectory: 'data' };
  const text = nodeConfiguration({
    ...node,
    address: '127.0.0.1',
    ports: { client: 0, group: 0, sst: 0, ist: 0 },
    name: 'prepare',
    members: [],
    dataDirectory: paths.dataDirectory,
    socket: 's.sock',
  });
  return [
    RECIPE,
    runAs ?? process.getuid?.(),
    ...[programs.mariadbd, node.provider].map(identityOf),
    await server.initialisation({ programs, ...paths }),
    text,
    [...preparingArguments, ...server.hurriedArguments, ...server.preparingArguments],
    server.accountStatements(accountsWith('', behindProxy)),
    server.notToCopy,
    readKeaSchema(programs.keaMysqlSchema),
  ];
}

/** Tells one build of a file from another one. The file may be absent, or named without a path. */
function identityOf(file: string): unknown {
  const stat = statSync(file, { throwIfNoEntry: false });
  return [file, stat?.size, stat?.mtimeMs];
}

function readKeaSchema(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new HarnessError('PREREQUISITE', `Kea's schema ${file} can't be read`, {
      hint: 'kea.schema names it; leave it out to use the private root',
      cause: error,
    });
  }
}

function nameOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 20);
}
