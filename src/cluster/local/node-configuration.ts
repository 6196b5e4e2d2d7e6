import { dirname } from 'node:path';
import type { Programs } from '../../packages/programs.js';
import type { DatabaseFlavor, FlavorNode, NodePorts, Options } from '../flavors/flavor.js';

export interface NodeConfiguration {
  name: string;
  flavor: DatabaseFlavor;
  programs: Programs;
  ports: NodePorts;
  /** The group ports of all nodes; none for the server that only prepares the data directory and takes no clients. */
  groupPorts: readonly number[];
  /** The scenario's `cluster.settings`. */
  settings: Options;
  dataDirectory: string;
  socket: string;
}

/**
 * The option file of a node on loopback. Beside addresses and paths it states what the article's
 * minimal configuration states, and sizes for a small machine; everything else is the distribution's default, so that a
 * verdict holds for what operators run. It contains no password.
 */
export function nodeConfiguration(node: NodeConfiguration): string {
  const sections = [
    DEFAULTS,
    node.flavor.server.defaults,
    node.flavor.defaults,
    node.settings,
    // Last, as the last of two counts, however the first is spelt (`loose_port`, `datadi`).
    ownOptions(node),
    node.flavor.server.ownOptions(dirname(node.socket)),
    node.flavor.ownOptions(onLoopback(node)),
  ];
  const lines = sections
    .flatMap((section) => Object.entries(section))
    .map(([name, value]) => `${name}=${optionValue(value)}`);
  return `[mysqld]\n${lines.join('\n')}\n`;
}

const LOOPBACK = '127.0.0.1';

const DEFAULTS: Options = {
  skip_name_resolve: 'ON',
  innodb_buffer_pool_size: '64M',
  max_connections: 200,
  binlog_format: 'ROW',
  innodb_autoinc_lock_mode: 2,
};

/** Where the node is and whom it talks to: with others of these it would not be this run's, nor in this cluster. */
function ownOptions({ programs, ports, groupPorts, ...node }: NodeConfiguration): Options {
  const takesClients = groupPorts.length > 0;
  return {
    basedir: programs.mariadbBasedir,
    lc_messages_dir: programs.mariadbShare,
    character_sets_dir: programs.mariadbCharsets,
    plugin_dir: programs.mariadbPlugins,
    datadir: node.dataDirectory,
    socket: node.socket,
    // A server that starts removes the temporary tables it finds there; in /tmp they would be another one's.
    tmpdir: dirname(node.socket),
    pid_file: `${node.dataDirectory}/server.pid`,
    skip_networking: takesClients ? 'OFF' : 'ON',
    ...(takesClients ? { bind_address: LOOPBACK, port: ports.client } : {}),
  };
}

function onLoopback({ name, programs, ports, groupPorts, settings }: NodeConfiguration): FlavorNode {
  return {
    name,
    provider: programs.wsrepProvider,
    address: LOOPBACK,
    ports,
    members: groupPorts.map((port) => `${LOOPBACK}:${port}`),
    settings,
  };
}

function optionValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'ON' : 'OFF';
  return typeof value === 'string' && /[#;"'\\\s]/.test(value)
    ? `"${value.replace(/["\\]/g, '\\$&')}"`
    : String(value);
}
