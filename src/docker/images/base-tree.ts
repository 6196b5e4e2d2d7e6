import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { PrivateApt, requireApt } from '../../packages/archive/apt.js';
import { readDistribution } from '../../packages/archive/distribution.js';
import { debianArchitecture } from '../../packages/archive/recipe.js';
import { formatAptSources } from '../../packages/archive/sources.js';
import { extractPackages } from '../../packages/archive/unpack.js';
import { readAptSettings, type AptSettings } from './apt-settings.js';

/** The directory in the tree where the packages lie that are to be installed. */
export const ARCHIVES = '/var/cache/apt/archives';

/** Directories that are left out, as in Debian's own slim images: nobody reads manuals in a container. */
const UNREAD = ['doc', 'info', 'locale', 'man'].map((name) => `/usr/share/${name}`);
const SLIM = UNREAD.map((directory) => `path-exclude=${directory}/*\n`).join('');

interface TreeOptions {
  suite: string;
  /** A directory for packages and tree; the caller removes it. */
  work: string;
  signal: AbortSignal;
}

/**
 * Unpacks the smallest system of a suite that has apt, from the machine's own mirror, as an ordinary user. dpkg can
 * run in this tree. It then installs the same packages properly; they lie in `ARCHIVES`.
 *
 * @returns the tree's directory
 * @throws HarnessError PREREQUISITE (no apt), PACKAGES (mirror not reachable, no such suite)
 */
export async function unpackBaseTree({ suite, work, signal }: TreeOptions): Promise<string> {
  requireApt();
  const settings = await readAptSettings(suite);
  rmSync(work, { recursive: true, force: true });
  const apt = new PrivateApt(work, settings.sources, debianArchitecture());
  await apt.update({ signal });
  const files = await apt.download(['?essential', 'apt', ...extraPackages(settings)], { signal });

  const tree = join(work, 'tree');
  await extractPackages(
    files,
    tree,
    UNREAD.map((directory) => `.${directory}`),
    signal,
  );
  write(tree, 'var/lib/dpkg/status', '');
  write(tree, 'var/lib/dpkg/available', '');
  write(tree, 'etc/dpkg/dpkg.cfg.d/slim', `${SLIM}path-include=/usr/share/doc/*/copyright\n`);
  // If a power failure interrupts the making of an image, it is made again. So dpkg need not wait for the disk after
  // each file.
  write(tree, 'etc/dpkg/dpkg.cfg.d/unsafe-io', 'force-unsafe-io\n');
  // Packages must not start services while an image is made.
  write(tree, 'usr/sbin/policy-rc.d', '#!/bin/sh\nexit 101\n', 0o755);
  writeSettings(tree, settings);
  mkdirSync(join(tree, ARCHIVES), { recursive: true });
  for (const file of files) renameSync(file, join(tree, ARCHIVES, basename(file)));
  return tree;
}

/** The packages beside apt that apt needs to read this mirror. */
function extraPackages({ sources }: AptSettings): string[] {
  const keyrings: Partial<Record<string, string>> = {
    debian: 'debian-archive-keyring',
    ubuntu: 'ubuntu-keyring',
  };
  const keyring = keyrings[readDistribution().id];
  const encrypted = sources.some(({ uris }) => uris.some((uri) => uri.startsWith('https:')));
  return [...(keyring === undefined ? [] : [keyring]), ...(encrypted ? ['ca-certificates'] : [])];
}

/** Gives the tree's apt the machine's mirror, and the mirror's key where the packages do not bring it. */
function writeSettings(tree: string, { sources, options }: AptSettings): void {
  write(tree, 'etc/apt/sources.list.d/machine.sources', formatAptSources(sources));
  const lines = [...options.matchAll(/-o (\S+)=(\S+)/g)].map(
    ([, name = '', value = '']) => `${name} "${value}";\n`,
  );
  write(tree, 'etc/apt/apt.conf.d/90machine', lines.join(''));
  for (const { options: fields } of sources) {
    const keys = (fields['Signed-By'] ?? '').split(/\s+/).filter((key) => key.startsWith('/'));
    for (const key of keys) {
      if (existsSync(join(tree, key)) || !existsSync(key)) continue;
      mkdirSync(dirname(join(tree, key)), { recursive: true });
      copyFileSync(key, join(tree, key));
    }
  }
}

function write(tree: string, path: string, text: string, mode = 0o644): void {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
}
