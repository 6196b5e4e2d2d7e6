import { dirname } from 'node:path';
import type { Programs } from '../packages/programs.js';
import type { DatabaseFlavor, FlavorNode } from './flavors/flavor.js';
import type { Options } from './flavors/options.js';

/** Where a node's installation lies, unless it lies where its server was compiled to look. */
export type Installation = Pick<
  Programs,
  'mariadbBasedir' | 'mariadbShare' | 'mariadbCharsets' | 'mariadbPlugins'
>;

/** A node, or the server that only prepares the data directory: it has no `members` and takes no clients. */
export interface NodeConfiguration extends FlavorNode {
  flavor: DatabaseFlavor;
  /** Absent in an image, where everything is in its place. */
  installation?: Installation;
  dataDirectory: string;
  socket: string;
}

/**
 * The option file of a node. Beside addresses and paths it states what the article's
 * minimal configuration states, and sizes for a small machine; everything else is the distribution's default, so that a
 * verdict holds for what operators run. It contains no password.
 */
export function nodeConfiguration(node: NodeConfiguration): string {
  const sections = [
    commonOptions(node.flavor),
    node.settings,
    // Last, as the last of two counts, however the first is spelt (`loose_port`, `datadi`).
    ownOptions(node),
    node.flavor.server.ownOptions(dirname(node.socket)),
    node.flavor.ownOptions(node),
  ];
  const lines = sections
    .flatMap((section) => Object.entries(section))
    .map(([name, value]) => `${name}=${optionValue(value)}`);
  return `[mysqld]\n${lines.join('\n')}\n`;
}

/** What every node of a flavor is given, wherever it runs; a scenario's settings may change it. */
export function commonOptions({ server, defaults }: DatabaseFlavor): Options {
  return { ...DEFAULTS, ...server.defaults, ...defaults };
}

const DEFAULTS: Options = {
  skip_name_resolve: 'ON',
  innodb_buffer_pool_size: '64M',
  max_connections: 200,
  binlog_format: 'ROW',
  innodb_autoinc_lock_mode: 2,
};

/** Where the node is and whom it talks to: with others of these it would not be this run's, nor in this cluster. */
function ownOptions({ installation, address, ports, members, ...node }: NodeConfiguration): Options {
  const takesClients = members.length > 0;
  return {
    ...(installation === undefined ? {} : places(installation)),
    datadir: node.dataDirectory,
    socket: node.socket,
    // A server that starts removes the temporary tables it finds there; in /tmp they would be another one's.
    tmpdir: dirname(node.socket),
    pid_file: `${node.dataDirectory}/server.pid`,
    skip_networking: takesClients ? 'OFF' : 'ON',
    ...(takesClients ? { bind_address: address, port: ports.client } : {}),
  };
}

function places({ mariadbBasedir, mariadbShare, mariadbCharsets, mariadbPlugins }: Installation): Options {
  return {
    basedir: mariadbBasedir,
    lc_messages_dir: mariadbShare,
    character_sets_dir: mariadbCharsets,
    plugin_dir: mariadbPlugins,
  };
}

function optionValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'ON' : 'OFF';
  return typeof value === 'string' && /[#;"'\\\s]/.test(value)
    ? `"${value.replace(/["\\]/g, '\\$&')}"`
    : String(value);
}
