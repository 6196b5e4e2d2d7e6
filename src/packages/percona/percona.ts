import { constants } from 'node:fs';
import { dirname, join } from 'node:path';

import type { HarnessError } from '../../errors.js';
import { locate, type Locatable } from '../locate.js';
import { childPath } from '../path.js';
import { askClient, askMysqld } from './asked.js';
import { Faults } from './faults.js';
import { providerOf } from './provider.js';
import {
  installationOf,
  namedDirectory,
  requireLocated,
  settingsFile,
  type PerconaSettings,
} from './settings.js';
import type { Programs } from '../programs.js';

export { PERCONA_INSTALLATION, PERCONA_PROVIDER, type PerconaSettings } from './settings.js';

/** An installed Percona XtraDB Cluster. */
export interface PerconaPrograms {
  /** Percona's files, which replace those of a run's programs. */
  files: Pick<
    Programs,
    | 'mariadbd'
    | 'mariadb'
    | 'mariadbBinlog'
    | 'mariadbBasedir'
    | 'mariadbShare'
    | 'mariadbCharsets'
    | 'mariadbPlugins'
    | 'wsrepProvider'
    | 'mysqlInstallDb'
  >;
  /** Such as `8.0.36`. */
  version: string;
  /** Directories for the head of PATH: the server starts its state transfer scripts by name. */
  path: readonly string[];
}

/**
 * The programs of an installed Percona XtraDB Cluster. A program lies where a setting names it. Otherwise it is
 * looked for below the installation's directory, which a setting or the environment names.
 *
 * @throws HarnessError PREREQUISITE naming the setting that is missing or wrong, or the version that isn't supported
 */
export async function resolvePercona(
  settings: PerconaSettings,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<PerconaPrograms> {
  const found = await inspectPercona(settings, environment, signal);
  if ('faults' in found) throw found.faults[0];
  return found;
}

/** The programs, or every fault that can be found. The fault that a run would report comes first. */
export async function inspectPercona(
  settings: PerconaSettings,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<PerconaPrograms | { faults: readonly [HarnessError, ...HarnessError[]] }> {
  const faults = new Faults();
  const prefix = faults.of(() => installationOf(settings, environment));
  const program = (setting: 'mysqld' | 'mysql') =>
    faults.of(
      () => settingsFile(setting, settings, constants.X_OK) ?? requireLocated(setting, setting, prefix()),
    );
  const directory = (setting: 'share' | 'plugins', what: Locatable) =>
    faults.of(() => namedDirectory(setting, settings) ?? requireLocated(setting, what, prefix()));
  const mysqld = program('mysqld');
  const mysql = program('mysql');
  const wsrepProvider = faults.of(() => providerOf(settings, environment, prefix));
  const mariadbShare = directory('share', 'mysqlShare');
  const mariadbPlugins = directory('plugins', 'mysqlPlugins');
  const transferTools = faults.of(() => namedDirectory('transferTools', settings));
  const installDb = faults.of(() => settingsFile('installDb', settings, constants.X_OK));
  const [version] = await Promise.all([
    faults.ofAsked(async () => askMysqld(mysqld(), signal)),
    faults.ofAsked(async () => askClient(mysql(), signal)),
  ]);
  const [first, ...more] = faults.all;
  if (first !== undefined) return { faults: [first, ...more] };
  const tools = transferTools();
  return {
    files: {
      mariadbd: mysqld(),
      mariadb: mysql(),
      mariadbBinlog: locate(prefix(), 'mysqlBinlog'),
      mariadbBasedir: prefix(),
      mariadbShare: mariadbShare(),
      mariadbCharsets: join(mariadbShare(), 'charsets'),
      mariadbPlugins: mariadbPlugins(),
      wsrepProvider: wsrepProvider(),
      mysqlInstallDb: installDb() ?? locate(prefix(), 'mysqlInstallDb'),
    },
    version: version(),
    path: [...(tools === undefined ? [] : [tools]), ...new Set([join(prefix(), 'bin'), dirname(mysqld())])],
  };
}

/** A run's programs with Percona's in place of the private root's. */
export function withPercona(base: Programs, { files, version, path }: PerconaPrograms): Programs {
  const search = childPath([...path, ...base.path.split(':')]);
  return {
    ...base,
    ...files,
    path: search,
    environment: { ...base.environment, PATH: search },
    versions: { ...base.versions, mariadb: version, galera: '' },
  };
}
