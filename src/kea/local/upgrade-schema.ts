import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { StartedNode } from '../../cluster/started-cluster.js';
import type { Programs } from '../../packages/programs.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { runToEnd } from '../../processes/run-to-end.js';
import { UPGRADE_LOG, upgradeFailure, writeClient } from '../versions/upgrade-scripts.js';

export interface SchemaUpgrade {
  /** The programs of the run, without those of the newer Kea. */
  programs: Programs;
  /** Of the newer Kea, such as `2.6.3`. */
  version: string;
  /** The directory of the newer Kea's scripts. */
  scripts: string;
  /** The node on which the scripts run; where nodes share their leases, any one of them stands for all. */
  node: StartedNode;
  live: LiveDirectory;
  logDirectory: string;
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
  const { programs, version, scripts, node, live, signal } = request;
  const logFile = join(request.logDirectory, UPGRADE_LOG);
  const names = readdirSync(scripts)
    .filter((name) => /^upgrade_.*\.sh$/.test(name))
    .sort();
  if (names.length === 0) throw upgradeFailure(version, logFile, `there are no such scripts in ${scripts}`);
  const directory = writeClient(live, {
    name: `upgrade-${version}-${node.name}`,
    access: node.admin,
    program: programs.mariadb,
    charsets: programs.mariadbCharsets,
  });
  const env = { ...programs.environment, PATH: `${directory}:${programs.path}` };
  for (const name of names) {
    const file = join(directory, name);
    live.writeFile(file, withPrefix(readFileSync(join(scripts, name), 'utf8'), scripts));
    const script = { command: '/bin/sh', args: [file, node.admin.database], env, cwd: directory };
    const code = await runToEnd({ ...script, logFile, runAs: undefined, signal });
    if (code !== 0) throw upgradeFailure(version, logFile, `${name} ended with ${code ?? 'a signal'}`);
  }
}

/** The scripts look for their helpers where Kea was to be installed, which is not where a private root lies. */
function withPrefix(script: string, scripts: string): string {
  const prefix = resolve(scripts, '../../../..');
  return script.replace(/^prefix=.*$/m, `prefix="${prefix}"`);
}
