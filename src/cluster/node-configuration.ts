import { dirname } from 'node:path';
import { commitLogOptions, type CommitLog } from './commit-log.js';
import type { Programs } from '../packages/programs.js';
import type { DatabaseFlavor, FlavorNode } from './flavors/flavor.js';
import type { Options } from './flavors/options.js';

/**
 * The directories of a node's installation. Not needed where the installation lies where its server was compiled to
 * look.
 */
export type Installation = Pick<
  Programs,
  'mariadbBasedir' | 'mariadbShare' | 'mariadbCharsets' | 'mariadbPlugins'
>;

/**
 * A node, or the server that only prepares the data directory. The preparing server has no `members` and takes no
 * clients.
 */
export interface NodeConfiguration extends FlavorNode {
  flavor: DatabaseFlavor;
  /** Absent in an image, where all files lie where the server was compiled to look. */
  installation?: Installation;
  dataDirectory: string;
  socket: string;
  /** Absent where the node writes no binary log that the harness reads. */
  commitLog?: Pick<CommitLog, 'directory' | 'serverId'> | undefined;
}

/**
 * The option file of a node. Beside addresses and paths it states what the article's minimal configuration states,
 * and sizes for a small machine. Everything else is the distribution's default, so that a verdict holds for what
 * operators run. The file contains no password.
 */
export function nodeConfiguration(node: NodeConfiguration): string {
  const sections = [
    commonOptions(node.flavor),
    node.settings,
    // The node's own options come last. Of an option that is given twice the server takes the last, however a
    // scenario spells the first (`loose_port`, `datadi`).
    node.commitLog === undefined ? {} : commitLogOptions(node.commitLog),
    ownOptions(node),
    node.flavor.server.ownOptions(dirname(node.socket)),
    node.flavor.ownOptions(node),
  ];
  const lines = sections
    .flatMap((section) => Object.entries(section))
    .map(([name, value]) => `${name}=${optionValue(value)}`);
  // A node that gets its data by rsync would get the binary log of the other node too, in place of its own.
  const sst = node.commitLog === undefined ? '' : '[sst]\nsst_max_binlogs=0\n';
  return `[mysqld]\n${lines.join('\n')}\n${sst}`;
}

/** The options that every node of a flavor gets, local or in a container. A scenario's settings may change them. */
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

/**
 * The node's paths, address and port. With other values it would not be this run's node, so no scenario can change
 * them.
 */
function ownOptions({ installation, address, ports, members, ...node }: NodeConfiguration): Options {
  const takesClients = members.length > 0;
  return {
    ...(installation === undefined ? {} : places(installation)),
    datadir: node.dataDirectory,
    socket: node.socket,
    // A starting server removes the temporary tables in its `tmpdir`. In /tmp they could belong to another server.
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
