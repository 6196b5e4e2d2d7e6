import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { readAptConfiguration, sourcesForPulledBase } from '../../../src/docker/images/apt-settings.js';
import { ensureBase } from '../../../src/docker/images/base.js';
import { startNpmRelay } from './npm-relay.js';

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));
const IMAGE = 'kea-lease-conformance:test';

/** Somebody whom neither the machine nor the image knows; an ordinary user can be only himself. */
export const SOMEBODY =
  process.getuid?.() === 0
    ? { uid: 54_321, gid: 54_322 }
    : { uid: process.getuid?.() ?? NaN, gid: process.getgid?.() ?? NaN };

const run = promisify(execFile);

/** Builds the image of the harness from this checkout, as the documentation says, with this machine's mirrors. */
export async function buildHarnessImage(engine: Docker): Promise<void> {
  const suite = /^ARG BASE=debian:(\w+)-slim$/m.exec(readFileSync(join(CHECKOUT, 'Dockerfile'), 'utf8'))?.[1];
  if (suite === undefined) throw new Error('the Dockerfile names no suite of Debian');
  const { signal } = new AbortController();
  const { reference, pulled } = await ensureBase({ engine, suite, signal, say: () => undefined });
  const { options, proxies } = await readAptConfiguration();
  const registry = await startNpmRelay();
  const args = {
    BASE: reference,
    APT_SOURCES: pulled ? sourcesForPulledBase(suite) : '',
    APT_OPTIONS: options,
    NPM_CONFIG_REGISTRY: registry.url,
    ...proxies,
  };
  const before = await idOf(engine);
  try {
    await run(
      'docker',
      [
        // The relay is on this machine's loopback.
        ...['build', '--network', 'host', '--force-rm', '--tag', IMAGE],
        ...Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
        CHECKOUT,
      ],
      // The engine's own builder: BuildKit needs a plugin that not every machine has.
      { env: { ...process.env, DOCKER_BUILDKIT: '0' }, maxBuffer: 64 * 1024 * 1024 },
    );
  } finally {
    registry.stop();
  }
  if (before !== undefined && before !== (await idOf(engine))) await engine.getImage(before).remove();
}

async function idOf(engine: Docker): Promise<string | undefined> {
  const [image] = await engine.listImages({ filters: { reference: [IMAGE] } });
  return image?.Id;
}

/** The containers of the image, running or not. */
export async function harnessContainers(engine: Docker): Promise<Docker.Container[]> {
  const found = await engine.listContainers({ all: true, filters: { ancestor: [IMAGE] } });
  return found.map(({ Id: id }) => engine.getContainer(id));
}

/**
 * The command of a page that runs the harness in a container, for the shell. Another user runs the built image with other
 * arguments.
 *
 * @param options what tells this command from others of the page
 */
export function documentedRun(
  page: string,
  options: RegExp,
  args: readonly string[],
  more: readonly string[] = [],
): string[] {
  const text = readFileSync(join(CHECKOUT, page), 'utf8').replaceAll(/\\\n\s*/g, '');
  const line = text.split('\n').find((one) => one.startsWith('docker run ') && options.test(one));
  if (line === undefined) throw new Error(`${page} has no such command`);
  const before = line
    .replace('docker run ', `docker run ${more.join(' ')} `)
    .replace('$(id -u)', String(SOMEBODY.uid))
    .replace('$(id -g)', String(SOMEBODY.gid))
    .replace(/ kea-lease-conformance( .*)?$/, '');
  return ['sh', '-c', `exec ${before} "$@"`, 'sh', IMAGE, ...args];
}
