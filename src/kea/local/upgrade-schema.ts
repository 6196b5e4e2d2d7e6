import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { DatabaseAccess, StartedNode } from '../../cluster/started-cluster.js';
import type { RowDataPacket } from 'mysql2/promise';
import { withSession } from '../../cluster/session.js';
import { HarnessError } from '../../errors.js';
import type { Programs } from '../../packages/programs.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { until } from '../../processes/wait.js';
import { runToEnd } from '../../processes/run-to-end.js';
import { lastLinesOf } from '../../processes/managed-process.js';

export interface SchemaUpgrade {
  /** The programs of the newer Kea, whose scripts are run. */
  programs: Programs;
  /** The node on which the scripts run; where nodes share their leases, any one of them stands for all. */
  node: StartedNode;
  live: LiveDirectory;
  logFile: string;
  signal: AbortSignal;
}

/**
 * Upgrades Kea's lease schema on a node to that of a newer Kea, as `kea-admin db-upgrade` does: it runs the scripts of
 * that Kea in their order, and each of them does nothing unless it finds the version that it upgrades (Kea manual,
 * "Upgrading a MySQL Database from an Earlier Version of Kea"). Servers that run already keep running.
 *
 * @throws HarnessError KEA where a script fails; the signal's reason when aborted
 */
export async function upgradeSchema(request: SchemaUpgrade): Promise<void> {
  const { programs, node, live, logFile, signal } = request;
  const scripts = dirname(programs.keaMysqlSchema);
  const directory = live.subdirectory(`upgrade-${programs.versions.kea}-${node.name}`);
  const names = readdirSync(scripts)
    .filter((name) => /^upgrade_.*\.sh$/.test(name))
    .sort();
  if (names.length === 0) throw failure(request, `there are no scripts upgrade_*.sh in ${scripts}`);
  const options = join(directory, 'client.cnf');
  live.writeFile(options, clientOptions(node.admin, programs));
  const client = join(directory, 'mysql');
  live.writeFile(client, clientScript(programs.mariadb, options));
  chmodSync(client, 0o700);
  const env = { ...programs.environment, PATH: `${directory}:${programs.path}` };
  for (const name of names) {
    const file = join(directory, name);
    live.writeFile(file, withPrefix(readFileSync(join(scripts, name), 'utf8'), scripts));
    const script = { command: '/bin/sh', args: [file, node.admin.database], env, cwd: directory };
    const code = await runToEnd({ ...script, logFile, runAs: undefined, signal });
    if (code !== 0) throw failure(request, `${name} ended with ${code ?? 'a signal'}`);
  }
}

/** Waits until all nodes have the lease schema that one of them has: replication takes a moment. */
export async function untilSchemaIsEverywhere(
  nodes: readonly StartedNode[],
  waiting: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const versionOn = ({ admin }: StartedNode): Promise<string> =>
    withSession(admin, async (session) => {
      const [rows] = await session.query<RowDataPacket[]>('SELECT version, minor FROM schema_version');
      return JSON.stringify(rows);
    });
  const isEverywhere = await until(async () => {
    const versions = new Set(await Promise.all(nodes.map(versionOn)));
    return versions.size === 1 || undefined;
  }, waiting);
  if (isEverywhere === undefined)
    throw new HarnessError('KEA', 'the upgraded lease schema did not reach every node', {
      hint: `raise cluster.startTimeoutMs if the machine is slow; ${waiting.timeoutMs} ms were not enough`,
    });
}

/** The scripts look for their helpers where Kea was to be installed, which is not where a private root lies. */
function withPrefix(script: string, scripts: string): string {
  const prefix = resolve(scripts, '../../../..');
  return script.replace(/^prefix=.*$/m, `prefix="${prefix}"`);
}

/**
 * The `mysql` that the scripts find. Scripts of later versions name a server in its arguments, the password included; here
 * it comes from a private file.
 */
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

function clientOptions(access: DatabaseAccess, programs: Programs): string {
  const { host, port, socketPath, user, password, database } = access;
  const where = socketPath === undefined ? [`host=${host}`, `port=${port}`] : [`socket=${socketPath}`];
  const lines = [...where, `user=${user}`, `password=${password}`];
  return `[client]\n${lines.join('\n')}\n[mysql]\ncharacter-sets-dir=${programs.mariadbCharsets}\ndatabase=${database}\n`;
}

function failure({ programs, logFile }: SchemaUpgrade, what: string): HarnessError {
  const lines = lastLinesOf(logFile, 8).join('\n  ');
  const name = basename(logFile);
  return new HarnessError(
    'KEA',
    `the lease schema can't be upgraded to that of Kea ${programs.versions.kea}: ${what}\n  ${lines}`,
    { hint: `the full log is ${name} in the run directory` },
  );
}
