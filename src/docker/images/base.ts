import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import type Docker from 'dockerode';

import { HarnessError, messageOf } from '../../errors.js';
import { cacheDirectory } from '../../packages/cache.js';
import { LABEL_PREFIX } from '../engine.js';
import { ARCHIVES, unpackBaseTree } from './base-tree.js';
import { readOutput } from './output.js';
import { ensurePulled, isThere } from './pull.js';
import { REPOSITORY } from './role.js';

interface BaseOptions {
  engine: Docker;
  suite: string;
  signal: AbortSignal;
  say: (message: string) => void;
}

/**
 * The image of a Debian suite that other images are built on. It comes from a registry. If it can't be pulled, it is
 * made from the machine's own mirror as `kea-lease-conformance/base:SUITE`. Needs no root.
 *
 * @returns the image's name, and whether it came from a registry
 * @throws HarnessError PREREQUISITE where the image can neither be pulled nor made, with both reasons;
 *   `signal.reason` when aborted
 */
export async function ensureBase(options: BaseOptions): Promise<{ reference: string; pulled: boolean }> {
  const { engine, suite, signal } = options;
  const published = `debian:${suite}-slim`;
  const made = `${REPOSITORY}/base:${suite}`;
  if (await isThere(engine, published)) return { reference: published, pulled: true };
  if (await isThere(engine, made)) return { reference: made, pulled: false };
  try {
    options.say(`Pulling ${published} (once)…`);
    await ensurePulled(engine, published, signal);
    return { reference: published, pulled: true };
  } catch (error) {
    signal.throwIfAborted();
    try {
      await make(options, made);
    } catch (reason) {
      signal.throwIfAborted();
      const hint = reason instanceof HarnessError ? reason.hint : undefined;
      throw new HarnessError(
        'PREREQUISITE',
        `${messageOf(error)}; and a base image can't be made from this machine's packages either: ${messageOf(reason)}`,
        { ...(hint === undefined ? {} : { hint }), cause: reason },
      );
    }
    return { reference: made, pulled: false };
  }
}

/**
 * A script that installs the packages which lie in the tree. Packages whose files the other packages' scripts look
 * into come first.
 */
const INSTALL = `set -e
export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
cd ${ARCHIVES}
dpkg --install --force-depends base-passwd_*.deb
dpkg --install --force-depends base-files_*.deb
dpkg --install --force-depends ./*.deb
rm -f ./*.deb
test -z "$(dpkg --audit)"`;

async function make({ engine, suite, signal, say }: BaseOptions, reference: string): Promise<void> {
  say(`The image can't be pulled: making ${reference} from this machine's packages (once, about 40 MB)…`);
  const work = join(cacheDirectory(), `base-${suite}`);
  const unfinished = `${REPOSITORY}/unfinished:${suite}`;
  const name = `${REPOSITORY}-base-${suite}`;
  try {
    await removeLeftovers(engine, name, unfinished);
    const tree = await unpackBaseTree({ suite, work, signal });
    await importTree(engine, tree, unfinished, signal);
    const container = await engine.createContainer({
      name,
      Image: unfinished,
      Cmd: ['sh', '-c', INSTALL],
      HostConfig: { NetworkMode: 'none' },
      Labels: { [`${LABEL_PREFIX}.role`]: 'base' },
    });
    const kill = () => void container.kill().catch(() => undefined);
    signal.addEventListener('abort', kill);
    try {
      await container.start();
      const { StatusCode: code } = (await container.wait()) as { StatusCode: number };
      signal.throwIfAborted();
      if (code !== 0) throw new Error(await lastLines(container));
    } finally {
      signal.removeEventListener('abort', kill);
    }
    const [repo, tag] = reference.split(':');
    const changes = ['CMD ["bash"]', `LABEL ${LABEL_PREFIX}.role=base`];
    const answer = await engine.importImage(await container.export(), { repo, tag, changes });
    const { error } = await readOutput(answer);
    if (error !== undefined) throw new Error(error);
  } finally {
    rmSync(work, { recursive: true, force: true });
    await removeLeftovers(engine, name, unfinished);
  }
}

/**
 * Removes a container and an image that this process has left, or one that was killed. The caller has the lock on
 * both names.
 */
async function removeLeftovers(engine: Docker, container: string, image: string): Promise<void> {
  const unlessGone = (error: unknown) => {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  };
  await engine.getContainer(container).remove({ force: true, v: true }).catch(unlessGone);
  await engine.getImage(image).remove({ force: true }).catch(unlessGone);
}

async function importTree(
  engine: Docker,
  tree: string,
  reference: string,
  signal: AbortSignal,
): Promise<void> {
  const args = ['--create', '--directory', tree, '--owner=0', '--group=0', '--numeric-owner', '.'];
  const tar = spawn('tar', args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
  let said = '';
  tar.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', resolve);
  });
  const [repo, tag] = reference.split(':');
  const answered = engine.importImage(tar.stdout, { repo, tag }).then((answer) => readOutput(answer));
  const [code, { error }] = await Promise.all([ended, answered]);
  signal.throwIfAborted();
  if (error !== undefined) throw new Error(error);
  if (code !== 0) throw new HarnessError('STORAGE', `the tree can't be packed: ${said.trim()}`);
}

async function lastLines(container: Docker.Container): Promise<string> {
  const log = await container.logs({ stdout: true, stderr: true, tail: 6 });
  // Before each piece of the log stand eight bytes that say which stream it is of and how long it is (Docker API,
  // "Attach").
  return log
    .toString('utf8')
    .replace(/[^\n\x20-\x7e]/g, '')
    .trim();
}
