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
  /** The scenario's `cluster.settings`; they win over all but the node's own addresses, ports and paths. */
  settings: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The option file of a MariaDB node with Galera on loopback. Beside addresses and paths it states what the article's
 * minimal configuration states, and sizes for a small machine; everything else is the distribution's default, so that a
 * verdict holds for what operators run. It contains no password.
 */
export function nodeConfiguration(node: NodeConfiguration): string {
  const { wsrep_provider_options: moreProviderOptions, ...settings } = node.settings;
  const sections = [
    DEFAULTS,
    settings,
    // Last, as the last of two counts, however the first is spelt (`loose_port`, `datadi`).
    ownOptions(node),
    { wsrep_provider_options: providerOptions(node.ports, moreProviderOptions) },
  ];
  const lines = sections
    .flatMap((section) => Object.entries(section))
    .map(([name, value]) => `${name}=${optionValue(value)}`);
  return `[mysqld]\n${lines.join('\n')}\n`;
}

type Options = Readonly<Record<string, string | number | boolean>>;

const DEFAULTS: Options = {
  skip_name_resolve: 'ON',
  innodb_buffer_pool_size: '64M',
  innodb_log_file_size: '32M',
  max_connections: 200,
  binlog_format: 'ROW',
  innodb_autoinc_lock_mode: 2,
  wsrep_on: 'ON',
  wsrep_sst_method: 'rsync',
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
    pid_file: `${node.dataDirectory}/mariadbd.pid`,
    wsrep_provider: programs.wsrepProvider,
    wsrep_cluster_name: 'kea-lease-conformance',
    wsrep_node_name: node.name,
    wsrep_cluster_address: `gcomm://${groupPorts.map((port) => `127.0.0.1:${port}`).join(',')}`,
    wsrep_node_address: `127.0.0.1:${ports.group}`,
    wsrep_sst_receive_address: `127.0.0.1:${ports.sst}`,
    skip_networking: takesClients ? 'OFF' : 'ON',
    ...(takesClients ? { bind_address: '127.0.0.1', port: ports.client } : {}),
  };
}

/** The periods only shorten the wait for the first view; how soon a lost node is given up stays as it is. */
function providerOptions(ports: NodePorts, more: string | number | boolean | undefined): string {
  return [
    'gcache.size=32M',
    'evs.join_retrans_period=PT0.2S',
    'evs.inactive_check_period=PT0.1S',
    ...(more === undefined ? [] : [String(more)]),
    `gmcast.listen_addr=tcp://127.0.0.1:${ports.group}`,
    `ist.recv_addr=127.0.0.1:${ports.ist}`,
  ].join(';');
}

function optionValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'ON' : 'OFF';
  return typeof value === 'string' && /[#;"'\\\s]/.test(value)
    ? `"${value.replace(/["\\]/g, '\\$&')}"`
    : String(value);
}
