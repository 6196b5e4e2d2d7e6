import { chmodSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatabaseAccess } from '../../cluster/started-cluster.js';
import { HarnessError } from '../../errors.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { lastLinesOf } from '../../processes/managed-process.js';

/** The log of Kea's scripts that upgrade the lease schema, in the run directory. */
export const UPGRADE_LOG = 'schema-upgrade.log';

/**
 * Writes the client that Kea's scripts run as `mysql`, with access to a database, and returns the directory that must come
 * first in their PATH. Scripts of later versions name a server in the client's arguments, the password included; here it
 * comes from a private file.
 */
export function writeClient(
  live: LiveDirectory,
  request: { name: string; access: DatabaseAccess; program: string; charsets?: string },
): string {
  const { access, program, charsets } = request;
  const directory = live.subdirectory(request.name);
  const options = join(directory, 'client.cnf');
  live.writeFile(options, clientOptions(access, charsets));
  const client = join(directory, 'mysql');
  live.writeFile(client, clientScript(program, options));
  chmodSync(client, 0o700);
  return directory;
}

function clientScript(program: string, options: string): string {
  return `#!/bin/sh
for argument; do
  shift
  case $argument in
    --host=* | --port=* | --user=* | --password=* | --database=*) ;;
    *) set -- "$@" "$argument" ;;
  esac
done
exec '${program}' --defaults-file='${options}' "$@"
`;
}

function clientOptions(access: DatabaseAccess, charsets: string | undefined): string {
  const { host, port, socketPath, user, password, database } = access;
  const where = socketPath === undefined ? [`host=${host}`, `port=${port}`] : [`socket=${socketPath}`];
  const lines = [...where, `user=${user}`, `password=${password}`];
  const own = [
    ...(charsets === undefined ? [] : [`character-sets-dir=${charsets}`]),
    `database=${database}`,
    // Clients of MariaDB 11.4 and later insist on TLS, which the nodes of the harness don't speak.
    'loose-skip-ssl',
  ];
  return `[client]\n${lines.join('\n')}\n[mysql]\n${own.join('\n')}\n`;
}

/** The scripts failed, with the last lines of what they printed. */
export function upgradeFailure(version: string, logFile: string, what: string): HarnessError {
  const lines = lastLinesOf(logFile, 8).join('\n  ');
  return new HarnessError(
    'KEA',
    `the lease schema can't be upgraded to that of Kea ${version}: ${what}\n  ${lines}`,
    { hint: `the full log is ${basename(logFile)} in the run directory` },
  );
}
