import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { HarnessError } from '../../errors.js';
import { namedFile } from '../installed.js';
import { locate, type Locatable } from '../locate.js';

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

/** The environment variable that names the directory above `bin/mysqld`. */
export const PERCONA_INSTALLATION = 'KEA_CONFORMANCE_PERCONA';
/** The environment variable that names `libgalera_smm.so`, where it lies outside the installation. */
export const PERCONA_PROVIDER = 'KEA_CONFORMANCE_WSREP_PROVIDER';

export const HINT =
  `set ${PERCONA_INSTALLATION} to the directory above its bin/mysqld, or --set cluster.percona.installation=DIRECTORY; ` +
  `if its libgalera_smm.so lies elsewhere, name it with ${PERCONA_PROVIDER} or cluster.wsrepProvider`;

const WORDS: Partial<Record<Locatable, string>> = {
  mysqld: 'bin/mysqld',
  mysql: 'the client bin/mysql',
  perconaProvider: 'the replication library libgalera_smm.so',
  mysqlShare: 'its messages (share/…/english)',
  mysqlPlugins: 'its plugins (lib/mysql/plugin)',
};

export function nameOf(setting: keyof PerconaSettings): string {
  return setting === 'wsrepProvider' ? `cluster.${setting}` : `cluster.percona.${setting}`;
}

/**
 * The directory of the installation, which a setting or the environment names.
 * Errors: PREREQUISITE where none is named, or the name is not that of a directory.
 */
export function installationOf(settings: PerconaSettings, environment: NodeJS.ProcessEnv): string {
  const named = namedDirectory('installation', settings);
  if (named !== undefined) return named;
  if (settings.mysqld !== undefined) return dirname(dirname(resolve(settings.mysqld)));
  const fromEnvironment = given(environment[PERCONA_INSTALLATION]);
  if (fromEnvironment !== undefined) return requireDirectory(PERCONA_INSTALLATION, fromEnvironment);
  throw new HarnessError(
    'PREREQUISITE',
    'the flavor percona needs an installed Percona XtraDB Cluster; name its directory',
    { hint: HINT },
  );
}

/** The value of an environment variable. A variable that is set to nothing counts as not set. */
export function given(variable: string | undefined): string | undefined {
  return variable === '' ? undefined : variable;
}

/**
 * The path of the file that a setting names, if it names one.
 * Errors: PREREQUISITE where the file can't be used.
 */
export function settingsFile(
  setting: keyof PerconaSettings,
  settings: PerconaSettings,
  access: number,
): string | undefined {
  return namedFile(nameOf(setting), settings[setting], access, `correct ${nameOf(setting)}`);
}

/**
 * The path of the directory that a setting names, if it names one.
 * Errors: PREREQUISITE where there is no such directory.
 */
export function namedDirectory(
  setting: keyof PerconaSettings,
  { [setting]: path }: PerconaSettings,
): string | undefined {
  return path === undefined ? undefined : requireDirectory(nameOf(setting), path);
}

function requireDirectory(name: string, path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute) && statSync(absolute).isDirectory()) return absolute;
  throw new HarnessError('PREREQUISITE', `${name}: ${absolute} is not a directory`, { hint: HINT });
}

/**
 * The path of a part of the installation.
 * Errors: PREREQUISITE where the installation lacks it, naming the setting that can name it.
 */
export function requireLocated(setting: keyof PerconaSettings, what: Locatable, prefix: string): string {
  const found = locate(prefix, what);
  if (found !== undefined) return found;
  throw new HarnessError(
    'PREREQUISITE',
    `the Percona XtraDB Cluster in ${prefix} lacks ${WORDS[what] ?? what}`,
    { hint: `name it: --set ${nameOf(setting)}=PATH` },
  );
}
