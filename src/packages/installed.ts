import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { HarnessError } from '../errors.js';
import { locate } from './locate.js';
import { childPath } from './path.js';
import type { Programs } from './programs.js';

/**
 * The absolute path of a file that a setting names, if it names one.
 *
 * @throws HarnessError PREREQUISITE naming the setting
 */
export function namedFile(
  setting: string,
  path: string | undefined,
  access: number,
  hint = `correct ${setting}, or leave it out to use the private root`,
): string | undefined {
  if (path === undefined) return undefined;
  const absolute = resolve(path);
  const wrong = (what: string, cause?: unknown) =>
    new HarnessError('PREREQUISITE', `${setting}: ${absolute} ${what}`, { hint, cause });
  let isFile;
  try {
    isFile = statSync(absolute).isFile();
  } catch (error) {
    throw wrong('does not exist', error);
  }
  if (!isFile) throw wrong('is not a file');
  try {
    accessSync(absolute, access);
  } catch (error) {
    throw wrong(access === constants.X_OK ? 'is not executable' : 'is not readable', error);
  }
  return absolute;
}

/** The files that must come from the same installation as the server. */
export function serverFiles(mariadbd: string) {
  const prefix = dirname(dirname(mariadbd));
  const [mariadbShare, mariadbPlugins] = [locate(prefix, 'mariadbShare'), locate(prefix, 'mariadbPlugins')];
  if (mariadbShare === undefined || mariadbPlugins === undefined) {
    const missing = mariadbShare === undefined ? 'SQL files (share/mysql)' : 'plugins (lib/mysql/plugin)';
    throw new HarnessError(
      'PREREQUISITE',
      `cluster.mariadbd: the ${missing} of ${mariadbd} are not under ${prefix}`,
      {
        hint: 'name a server that lies in the bin or sbin of its installation',
      },
    );
  }
  const mariadbCharsets = join(mariadbShare, 'charsets');
  const mariadbBinlog = locate(prefix, 'mariadbBinlog');
  return { mariadbd, mariadbBinlog, mariadbShare, mariadbPlugins, mariadbCharsets, mariadbBasedir: prefix };
}

/** What a run needs from the system beside the programs that settings can name. */
export function systemTools(): Partial<Programs> {
  const path = childPath([]);
  return {
    root: undefined,
    path,
    environment: { PATH: path },
    keaEnvironment: { PATH: path },
    versions: { kea: 'unknown', mariadb: 'unknown', galera: 'unknown' },
  };
}
