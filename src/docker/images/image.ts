import { join } from 'node:path';

import type Docker from 'dockerode';

import { HarnessError } from '../../errors.js';
import { cacheDirectory, makeDirectory } from '../../packages/cache.js';
import { withLock } from '../../packages/lock.js';
import { LABEL_PREFIX } from '../engine.js';
import { readAptConfiguration, sourcesForPulledBase } from './apt-settings.js';
import { ensureBase } from './base.js';
import { readOutput } from './output.js';
import { ensurePulled, isThere } from './pull.js';
import { recipeOf, type Recipe, type Role } from './role.js';

export interface ImageRequest {
  engine: Docker;
  role: Role;
  /**
   * For `kea` and `galera` the suite of Debian: `bookworm`, `trixie`, `sid`; for `percona` its version: `8.0`, `8.4`,
   * `5.7`.
   */
  suite: string;
  /** A published image to build on instead of the suite's own, such as `mariadb:11.4` for `galera`. */
  base?: string | undefined;
  signal: AbortSignal;
  /** Called with what is being done, where it takes longer. */
  say: (message: string) => void;
}

const PERCONA = 'percona/percona-xtradb-cluster';

/**
 * The image of a role. It is built where the engine does not have it. Its name holds a hash of the folder it is built
 * from: a changed folder makes a new image, an unchanged folder makes none. Several processes may call this at once.
 *
 * @returns the name to start containers by, `kea-lease-conformance/ROLE:SUITE-HASH`
 * @throws HarnessError PREREQUISITE (can't be pulled or built, with the last lines of the output), PACKAGES, STORAGE;
 *   `signal.reason` when aborted
 */
export async function ensureImage(request: ImageRequest): Promise<{ reference: string }> {
  const { engine, role, suite, base, signal, say } = request;
  const recipe = recipeOf(role, suite, base);
  const { reference } = recipe;
  if (await isThere(engine, reference)) return { reference };
  const cache = cacheDirectory();
  makeDirectory(cache);
  const onWait = () => say(`Waiting for another process that is building images…`);
  // All images have one lock: two builds at once would both make the base that they share.
  return withLock(join(cache, 'images.lock'), { signal, onWait }, async () => {
    if (!(await isThere(engine, reference))) await build(request, recipe);
    return { reference };
  });
}

async function build(request: ImageRequest, recipe: Recipe): Promise<void> {
  const { engine, role, suite, signal, say } = request;
  const args = await buildArguments(request);
  const { reference, folder, files } = recipe;
  say(`Building the image ${reference} (once)…`);
  const answer = await engine.buildImage(
    { context: folder, src: [...files] },
    {
      t: reference,
      buildargs: args,
      // Where the engine may not touch the packet filter, a build can use no other network.
      networkmode: 'host',
      labels: { [`${LABEL_PREFIX}.role`]: role, [`${LABEL_PREFIX}.suite`]: suite },
      rm: true,
      forcerm: true,
      abortSignal: signal,
    },
  );
  const { error, lines } = await readOutput(answer).catch((reason: unknown) => {
    signal.throwIfAborted();
    throw reason;
  });
  if (error === undefined) return;
  throw new HarnessError(
    'PREREQUISITE',
    `the image ${reference} can't be built:\n  ${lines.join('\n  ')}\n  ${error}`,
    {
      hint: `its Dockerfile is in ${folder}; if packages can't be fetched, check the mirror in this machine's apt sources`,
    },
  );
}

/**
 * The build arguments: `BASE` and proxies for every role; mirror and apt's options where the image is built on a
 * Debian suite.
 */
async function buildArguments(request: ImageRequest): Promise<Record<string, string>> {
  const { engine, role, suite, signal, say } = request;
  const published = request.base ?? (role === 'percona' ? `${PERCONA}:${suite}` : undefined);
  const { options, proxies } = await readAptConfiguration();
  if (published !== undefined) {
    say(`Pulling ${published} (once)…`);
    await ensurePulled(engine, published, signal);
    return { BASE: published, ...proxies };
  }
  const { reference, pulled } = await ensureBase({ engine, suite, signal, say });
  const sources = pulled ? sourcesForPulledBase(suite) : '';
  return { BASE: reference, APT_SOURCES: sources, APT_OPTIONS: options, ...proxies };
}
