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

/** Of the environment: the directory above `bin/mysqld`. */
export const PERCONA_INSTALLATION = 'KEA_CONFORMANCE_PERCONA';
/** Of the environment: `libgalera_smm.so`, where it lies elsewhere. */
export const PERCONA_PROVIDER = 'KEA_CONFORMANCE_WSREP_PROVIDER';

export const HINT =
  `set ${PERCONA_INSTALLATION} to the directory above its bin/mysqld, or --set cluster.percona.installation=DIRECTORY; ` +
  `where its libgalera_smm.so lies elsewhere, ${PERCONA_PROVIDER} or cluster.wsrepProvider names that`;

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

/** Errors: PREREQUISITE where no directory is named, or what is named is none. */
export function installationOf(settings: PerconaSettings, environment: NodeJS.ProcessEnv): string {
  const named = namedDirectory('installation', settings);
  if (named !== undefined) return named;
  if (settings.mysqld !== undefined) return dirname(dirname(resolve(settings.mysqld)));
  const fromEnvironment = given(environment[PERCONA_INSTALLATION]);
  if (fromEnvironment !== undefined) return requireDirectory(PERCONA_INSTALLATION, fromEnvironment);
  throw new HarnessError(
    'PREREQUISITE',
    'the flavor percona needs an installed Percona XtraDB Cluster, and none is named',
    { hint: HINT },
  );
}

/** A variable of the environment that is set to nothing is not set. */
export function given(variable: string | undefined): string | undefined {
  return variable === '' ? undefined : variable;
}

/** Errors: PREREQUISITE where a setting names a file that can't be used. */
export function settingsFile(
  setting: keyof PerconaSettings,
  settings: PerconaSettings,
  access: number,
): string | undefined {
  return namedFile(nameOf(setting), settings[setting], access, `correct ${nameOf(setting)}`);
}

/** Errors: PREREQUISITE where a setting names no directory. */
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

/** Errors: PREREQUISITE where the installation has no such thing, naming the setting. */
export function requireLocated(setting: keyof PerconaSettings, what: Locatable, prefix: string): string {
  const found = locate(prefix, what);
  if (found !== undefined) return found;
  throw new HarnessError(
    'PREREQUISITE',
    `the Percona XtraDB Cluster in ${prefix} lacks ${WORDS[what] ?? what}`,
    { hint: `name it: --set ${nameOf(setting)}=PATH` },
  );
}
