import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { locate, type Locatable } from '../locate.js';
import { childPath } from '../path.js';
import type { Programs, ProgramVersions } from '../programs.js';
import { RECIPE_ID } from './recipe.js';

/** The content of `root.json`, which is written last: a root without it is not finished. */
export interface RootManifest {
  recipe: string;
  suite: string;
  architecture: string;
  /** The path at which the root was made. Its programs look for their libraries there, so the root can't be moved. */
  location: string;
  madeAt: string;
  download: string;
  bytes: number;
  versions: ProgramVersions;
  /** Version by package name. */
  packages: Record<string, string>;
}

const NAME = 'root.json';

export function writeManifest(root: string, manifest: RootManifest): void {
  const temporary = join(root, `.${NAME}`);
  writeFileSync(temporary, `${JSON.stringify(manifest, undefined, 2)}\n`);
  renameSync(temporary, join(root, NAME));
}

/** The manifest of a finished root; undefined if there is none that can be used. */
export function readManifest(root: string): RootManifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(root, NAME), 'utf8')) as RootManifest;
    return manifest.recipe === RECIPE_ID && manifest.location === root ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Name and version of a package file such as `socat_1%3a1.7.4.4-2_amd64.deb`. */
export function packageOfFile(file: string): [name: string, version: string] {
  const [name = '', version = ''] = basename(file).split('_');
  return [name, decodeURIComponent(version)];
}

/** The programs of a root, or undefined if some are missing from it. Looks at files only, runs nothing. */
export function programsOf(root: string, versions: ProgramVersions): Programs | undefined {
  const prefix = join(root, 'usr');
  const find = (what: Locatable) => locate(prefix, what);
  const [mariadbd, mariadb, share, plugins] = [
    find('mariadbd'),
    find('mariadb'),
    find('mariadbShare'),
    find('mariadbPlugins'),
  ];
  const [wsrepProvider, keaDhcp4, keaDhcp6] = [find('wsrepProvider'), find('keaDhcp4'), find('keaDhcp6')];
  const [schema, hooks, perfdhcp, haproxy, ip, nft, tc, tcpdump, binlog, faketime, clientPlugins] = [
    find('keaMysqlSchema'),
    find('keaHooks'),
    find('perfdhcp'),
    find('haproxy'),
    find('ip'),
    find('nft'),
    find('tc'),
    find('tcpdump'),
    find('mariadbBinlog'),
    find('faketime'),
    find('clientPlugins'),
  ];
  if (mariadbd === undefined || mariadb === undefined || share === undefined || plugins === undefined)
    return undefined;
  if (wsrepProvider === undefined || keaDhcp4 === undefined || keaDhcp6 === undefined) return undefined;
  if (schema === undefined || hooks === undefined || perfdhcp === undefined) return undefined;
  if (haproxy === undefined || ip === undefined || nft === undefined) return undefined;
  if (tc === undefined || tcpdump === undefined || binlog === undefined || faketime === undefined)
    return undefined;
  if (!existsSync(join(prefix, 'bin/rsync'))) return undefined;
  const path = childPath([join(prefix, 'bin'), join(prefix, 'sbin')]);
  const environment = {
    PATH: path,
    ...(clientPlugins === undefined ? {} : { MARIADB_PLUGIN_DIR: clientPlugins }),
  };
  return {
    root,
    mariadbd,
    mariadb,
    mariadbBinlog: binlog,
    mariadbBasedir: prefix,
    mariadbShare: share,
    mariadbCharsets: join(share, 'charsets'),
    mariadbPlugins: plugins,
    wsrepProvider,
    keaDhcp4,
    keaDhcp6,
    keaMysqlSchema: schema,
    keaHooks: hooks,
    perfdhcp,
    haproxy,
    ip,
    nft,
    tc,
    tcpdump,
    faketime,
    path,
    environment,
    keaEnvironment: { ...environment, KEA_LFC_EXECUTABLE: join(prefix, 'sbin/kea-lfc') },
    versions,
  };
}
