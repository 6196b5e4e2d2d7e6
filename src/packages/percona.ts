import { constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { HarnessError, messageOf } from '../errors.js';
import { runChild } from './child.js';
import { namedFile } from './installed.js';
import { locate, type Locatable } from './locate.js';
import { childPath } from './path.js';
import type { Programs } from './programs.js';
import { askVersion } from './versions.js';

/** A scenario's `cluster.percona`, and its `cluster.wsrepProvider`. */
export interface PerconaSettings {
  installation?: string | undefined;
  mysqld?: string | undefined;
  mysql?: string | undefined;
  installDb?: string | undefined;
  share?: string | undefined;
  plugins?: string | undefined;
  transferTools?: string | undefined;
  wsrepProvider?: string | undefined;
}

/** An installed Percona XtraDB Cluster. */
export interface PerconaPrograms {
  /** What it replaces of a run's programs. */
  files: Pick<
    Programs,
    | 'mariadbd'
    | 'mariadb'
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

/** Of the environment: the directory above `bin/mysqld`. */
export const PERCONA_INSTALLATION = 'KEA_CONFORMANCE_PERCONA';
const PROVIDER = 'KEA_CONFORMANCE_WSREP_PROVIDER';

/**
 * The programs of an installed Percona XtraDB Cluster: each where a setting names it, else where an installation of
 * that kind has it, below the directory that a setting or the environment names.
 *
 * @throws HarnessError PREREQUISITE naming the setting that is missing or wrong
 */
export async function resolvePercona(
  settings: PerconaSettings,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<PerconaPrograms> {
  const prefix = installationOf(settings, environment);
  const file = (setting: keyof PerconaSettings, what: Locatable, access: number): string =>
    namedFile(nameOf(setting), settings[setting], access, `correct ${nameOf(setting)}`) ??
    locate(prefix, what) ??
    missing(setting, what, prefix);
  const mysqld = file('mysqld', 'mysqld', constants.X_OK);
  const mysql = file('mysql', 'mysql', constants.X_OK);
  const wsrepProvider =
    namedFile(PROVIDER, given(environment[PROVIDER], settings.wsrepProvider), constants.R_OK, HINT) ??
    file('wsrepProvider', 'perconaProvider', constants.R_OK);
  const share = directory('share', settings.share) ?? locate(prefix, 'mysqlShare');
  const plugins = directory('plugins', settings.plugins) ?? locate(prefix, 'mysqlPlugins');
  const transferTools = directory('transferTools', settings.transferTools);
  const [version] = await Promise.all([askMysqld(mysqld, signal), askClient(mysql, signal)]);
  const mariadbShare = share ?? missing('share', 'mysqlShare', prefix);
  return {
    files: {
      mariadbd: mysqld,
      mariadb: mysql,
      mariadbBasedir: prefix,
      mariadbShare,
      mariadbCharsets: join(mariadbShare, 'charsets'),
      mariadbPlugins: plugins ?? missing('plugins', 'mysqlPlugins', prefix),
      wsrepProvider,
      mysqlInstallDb:
        namedFile(
          nameOf('installDb'),
          settings.installDb,
          constants.X_OK,
          `correct ${nameOf('installDb')}`,
        ) ?? locate(prefix, 'mysqlInstallDb'),
    },
    version,
    path: [
      ...(transferTools === undefined ? [] : [transferTools]),
      ...new Set([join(prefix, 'bin'), dirname(mysqld)]),
    ],
  };
}

const HINT =
  `set ${PERCONA_INSTALLATION} to the directory above its bin/mysqld, or --set cluster.percona.installation=DIRECTORY; ` +
  `where its libgalera_smm.so lies elsewhere, ${PROVIDER} or cluster.wsrepProvider names that`;

function installationOf({ installation, mysqld }: PerconaSettings, environment: NodeJS.ProcessEnv): string {
  const named = directory('installation', installation);
  if (named !== undefined) return named;
  if (mysqld !== undefined) return dirname(dirname(resolve(mysqld)));
  const fromEnvironment = given(environment[PERCONA_INSTALLATION], undefined);
  if (fromEnvironment !== undefined) return requireDirectory(PERCONA_INSTALLATION, fromEnvironment);
  throw new HarnessError(
    'PREREQUISITE',
    'the flavor percona needs an installed Percona XtraDB Cluster, and none is named',
    { hint: HINT },
  );
}

/** What the environment says, if it says anything and no setting does. */
function given(fromEnvironment: string | undefined, setting: string | undefined): string | undefined {
  return setting === undefined && fromEnvironment !== '' ? fromEnvironment : undefined;
}

function directory(setting: keyof PerconaSettings, path: string | undefined): string | undefined {
  return path === undefined ? undefined : requireDirectory(nameOf(setting), path);
}

function requireDirectory(name: string, path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute) && statSync(absolute).isDirectory()) return absolute;
  throw new HarnessError('PREREQUISITE', `${name}: ${absolute} is not a directory`, { hint: HINT });
}

function nameOf(setting: keyof PerconaSettings): string {
  return setting === 'wsrepProvider' ? `cluster.${setting}` : `cluster.percona.${setting}`;
}

function missing(setting: keyof PerconaSettings, what: Locatable, prefix: string): never {
  throw new HarnessError(
    'PREREQUISITE',
    `the Percona XtraDB Cluster in ${prefix} lacks ${WORDS[what] ?? what}`,
    { hint: `name it: --set ${nameOf(setting)}=PATH` },
  );
}

const WORDS: Partial<Record<Locatable, string>> = {
  mysqld: 'bin/mysqld',
  mysql: 'the client bin/mysql',
  perconaProvider: 'the replication library libgalera_smm.so',
  mysqlShare: 'its messages (share/…/english)',
  mysqlPlugins: 'its plugins (lib/mysql/plugin)',
};

/** MySQL and Percona Server have the same program without replication, which a cluster would only fail on later. */
async function askMysqld(mysqld: string, signal: AbortSignal | undefined): Promise<string> {
  const version = await askVersion('mysqld', mysqld, { signal });
  const { stdout } = await runChild(mysqld, ['--no-defaults', '--verbose', '--help'], { signal });
  if (/^\s*--wsrep-provider\b/m.test(stdout)) return version;
  throw new HarnessError(
    'PREREQUISITE',
    `${mysqld} is MySQL ${version} without write-set replication, not Percona XtraDB Cluster`,
    { hint: HINT },
  );
}

async function askClient(mysql: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await askVersion('mysql', mysql, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new HarnessError('PREREQUISITE', `${nameOf('mysql')}: ${messageOf(error)}`, {
      hint: `give the path of a client that runs on this machine: --set ${nameOf('mysql')}=PATH`,
      cause: error,
    });
  }
}

/** Percona's programs in place of the private root's. */
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
