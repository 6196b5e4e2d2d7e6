import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartedNode } from '../../cluster/started-cluster.js';
import type { RunNetwork } from '../../docker/network.js';
import type { RunContainers } from '../../docker/run-containers.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { UPGRADE_LOG, upgradeFailure, writeClient } from '../versions/upgrade-scripts.js';
import { SCHEMA_SCRIPTS, type KeaImage } from './kea-image.js';

export interface SchemaUpgradeInContainer {
  /** The image of the newer Kea, whose scripts are run. */
  image: KeaImage;
  node: StartedNode;
  containers: RunContainers;
  network: RunNetwork;
  live: LiveDirectory;
  user: { uid: number; gid: number };
  logDirectory: string;
}

/** The container's place in the run's network: nodes, proxy and servers have the higher ones. */
const HOST = 9;

/** Runs all scripts in their order, as `upgradeSchema` does on this machine. $0 has the client, $1 is the database. */
const RUN_SCRIPTS = `export PATH="$0:$PATH" LC_ALL=C; for script in ${SCHEMA_SCRIPTS}/upgrade_*.sh; do echo "$script"; sh "$script" "$1"; done`;

/**
 * Upgrades Kea's lease schema on a node to that of a newer Kea, with the scripts of the newer Kea's image in a container of
 * their own, while servers of earlier versions run.
 *
 * @throws HarnessError KEA where a script fails; PREREQUISITE with the engine's words
 */
export async function upgradeSchemaInContainer(request: SchemaUpgradeInContainer): Promise<void> {
  const { image, node, containers, network, live, user } = request;
  const directory = writeClient(live, {
    name: `upgrade-${image.version}-${node.name}`,
    access: node.admin,
    program: '/usr/bin/mariadb',
  });
  const { code, stdout, stderr } = await containers.runToEnd({
    name: 'the upgrade of the lease schema',
    hostname: 'schema-upgrade',
    image: image.reference,
    command: ['sh', '-euc', RUN_SCRIPTS, directory, node.admin.database],
    user,
    directories: [directory],
    address: network.host(HOST),
  });
  const logFile = join(request.logDirectory, UPGRADE_LOG);
  appendFileSync(logFile, `${stdout}${stderr}`);
  if (code !== 0) throw upgradeFailure(image.version, logFile, `a script ended with ${code}`);
}
