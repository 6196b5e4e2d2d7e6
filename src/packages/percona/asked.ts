import { HarnessError, messageOf } from '../../errors.js';
import { runChild } from '../archive/child.js';
import { PerconaVersion } from './percona-version.js';
import { askVersion } from '../versions.js';
import { HINT, nameOf } from './settings.js';

/**
 * Asks mysqld for its version, and requires that it has write-set replication. MySQL and Percona Server have a mysqld
 * without replication. A cluster with such a program would fail only later.
 * Errors: PREREQUISITE, also for a version that isn't supported.
 */
export async function askMysqld(mysqld: string, signal: AbortSignal | undefined): Promise<string> {
  const version = await askVersion('mysqld', mysqld, { signal });
  const { stdout } = await runChild(mysqld, ['--no-defaults', '--verbose', '--help'], { signal });
  if (/^\s*--wsrep-provider\b/m.test(stdout)) return new PerconaVersion(version).text;
  throw new HarnessError(
    'PREREQUISITE',
    `${mysqld} is MySQL ${version} without write-set replication, not Percona XtraDB Cluster`,
    { hint: HINT },
  );
}

/** Runs the client once. Errors: PREREQUISITE for a client that does not run here. */
export async function askClient(mysql: string, signal: AbortSignal | undefined): Promise<void> {
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
