import type { Programs } from '../../packages/programs.js';

/** The ports of one node: clients, group communication, full and incremental state transfer. */
export interface NodePorts {
  client: number;
  group: number;
  sst: number;
  ist: number;
}

export interface NodeConfiguration {
  name: string;
  programs: Programs;
  dataDirectory: string;
  socket: string;
  ports: NodePorts;
  /** The group ports of all nodes; none for the server that only prepares the data directory and takes no clients. */
  groupPorts: readonly number[];
  /** The scenario's `cluster.settings`; they win over what stands here. */
  settings: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The option file of a MariaDB node with Galera on loopback. Beside addresses and paths it states what the article's
 * minimal configuration states, and sizes for a small machine; everything else is the distribution's default, so that a
 * verdict holds for what operators run. It contains no password.
 */
export function nodeConfiguration(node: NodeConfiguration): string {
  const { programs, ports, groupPorts } = node;
  const { wsrep_provider_options: moreProviderOptions, ...settings } = node.settings;
  const options: Record<string, string | number | boolean> = {
    basedir: programs.mariadbBasedir,
    lc_messages_dir: programs.mariadbShare,
    character_sets_dir: programs.mariadbCharsets,
    plugin_dir: programs.mariadbPlugins,
    datadir: node.dataDirectory,
    socket: node.socket,
    pid_file: `${node.dataDirectory}/mariadbd.pid`,
    skip_name_resolve: 'ON',
    innodb_buffer_pool_size: '64M',
    innodb_log_file_size: '32M',
    max_connections: 200,
    binlog_format: 'ROW',
    innodb_autoinc_lock_mode: 2,
    wsrep_on: 'ON',
    wsrep_provider: programs.wsrepProvider,
    wsrep_cluster_name: 'kea-lease-conformance',
    wsrep_node_name: node.name,
    wsrep_cluster_address: `gcomm://${groupPorts.map((port) => `127.0.0.1:${port}`).join(',')}`,
    wsrep_node_address: `127.0.0.1:${ports.group}`,
    wsrep_sst_method: 'rsync',
    wsrep_sst_receive_address: `127.0.0.1:${ports.sst}`,
    wsrep_provider_options: providerOptions(ports, moreProviderOptions),
    ...(groupPorts.length === 0
      ? { skip_networking: 'ON' }
      : { bind_address: '127.0.0.1', port: ports.client }),
    ...settings,
  };
  const lines = Object.entries(options).map(([name, value]) => `${name}=${optionValue(value)}`);
  return `[mysqld]\n${lines.join('\n')}\n`;
}

/** The periods only shorten the wait for the first view; how soon a lost node is given up stays as it is. */
function providerOptions(ports: NodePorts, more: string | number | boolean | undefined): string {
  const options = {
    'gmcast.listen_addr': `tcp://127.0.0.1:${ports.group}`,
    'ist.recv_addr': `127.0.0.1:${ports.ist}`,
    'gcache.size': '32M',
    'evs.join_retrans_period': 'PT0.2S',
    'evs.inactive_check_period': 'PT0.1S',
  };
  const ours = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return [...ours, ...(more === undefined ? [] : [String(more)])].join(';');
}

function optionValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'ON' : 'OFF';
  return typeof value === 'string' && /[#;"'\s]/.test(value)
    ? `"${value.replaceAll('"', '\\"')}"`
    : String(value);
}
