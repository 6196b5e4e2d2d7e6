/**
 * Every option that the harness gives to a server of Percona XtraDB Cluster, in an option file or on a command line,
 * with the versions that have it and the section of the manual that says so. MySQL's manuals are the "MySQL N
 * Reference Manual" of the series, Percona's the "Percona XtraDB Cluster N" documentation.
 */
export interface DocumentedOption {
  /** The name as in an option file; with leading dashes for an option of the command line alone. */
  name: string;
  /** The first version that has the option; absent for an option that 5.6 has. */
  since?: string;
  /** The first version that no longer has the option. */
  until?: string;
  source: string;
}

const SYSTEM_VARIABLES = 'MySQL, "Server System Variables"';
const INNODB = 'MySQL, "InnoDB Startup Options and System Variables"';
const BINARY_LOG = 'MySQL, "Binary Logging Options and Variables"';
const WSREP = 'Percona XtraDB Cluster, "Index of wsrep system variables"';

export const DOCUMENTED_OPTIONS: readonly DocumentedOption[] = [
  ...[
    'basedir',
    'bind_address',
    'character_sets_dir',
    'datadir',
    'lc_messages_dir',
    'max_connections',
    'pid_file',
    'plugin_dir',
    'port',
    'secure_file_priv',
    'skip_name_resolve',
    'skip_networking',
    'socket',
    'tmpdir',
  ].map((name) => ({ name, source: SYSTEM_VARIABLES })),
  ...[
    'innodb_autoinc_lock_mode',
    'innodb_buffer_pool_size',
    'innodb_flush_log_at_trx_commit',
    'innodb_flush_method',
  ].map((name) => ({ name, source: INNODB })),
  // 8.0.30 deprecates innodb_log_file_size in favour of innodb_redo_log_capacity, and ignores it where both are set.
  { name: 'innodb_log_file_size', until: '8.0.30', source: INNODB },
  { name: 'innodb_redo_log_capacity', since: '8.0.30', source: INNODB },
  ...['binlog_format', 'log_bin_trust_function_creators', 'sync_binlog'].map((name) => ({
    name,
    source: BINARY_LOG,
  })),
  { name: 'mysqlx', since: '8.0', source: 'MySQL, "X Plugin Options and System Variables"' },
  {
    name: '--initialize-insecure',
    since: '5.7.6',
    source: 'MySQL, "Server Command Options"; "Initializing the Data Directory"',
  },
  { name: '--defaults-file', source: 'MySQL, "Command-Line Options that Affect Option-File Handling"' },
  { name: '--wsrep-new-cluster', source: 'Percona XtraDB Cluster, "Bootstrapping the first node"' },
  ...[
    'wsrep_cluster_address',
    'wsrep_cluster_name',
    'wsrep_node_address',
    'wsrep_node_incoming_address',
    'wsrep_node_name',
    'wsrep_provider',
    'wsrep_provider_options',
    'wsrep_sst_method',
    'wsrep_sst_receive_address',
  ].map((name) => ({ name, source: WSREP })),
  // The 8.0 manual, "Configure a cluster on Red Hat-based distributions", says that it "has been removed".
  { name: 'wsrep_sst_auth', until: '8.0', source: WSREP },
  { name: 'pxc_strict_mode', since: '5.7', source: WSREP },
  { name: 'pxc_encrypt_cluster_traffic', since: '5.7.16', source: WSREP },
  { name: 'pxc_maint_transition_period', since: '5.7.16', source: WSREP },
];

/** The options that 5.6 is given: MySQL 5.6, "mysql_install_db — Initialize MySQL Data Directory". */
export const MYSQL_INSTALL_DB_OPTIONS = ['--defaults-file', '--basedir', '--datadir'];

/**
 * The options in `wsrep_provider_options`: Percona XtraDB Cluster, "Index of wsrep_provider options", of each series.
 */
export const DOCUMENTED_PROVIDER_OPTIONS = [
  'evs.inactive_check_period',
  'evs.join_retrans_period',
  'evs.keepalive_period',
  'evs.suspect_timeout',
  'gcache.size',
  'gmcast.listen_addr',
  'ist.recv_addr',
];

/**
 * Methods of state transfer: Percona XtraDB Cluster, "Index of wsrep system variables", wsrep_sst_method; "SST Method
 * using Clone plugin".
 */
export const DOCUMENTED_TRANSFER_METHODS: readonly DocumentedOption[] = [
  { name: 'rsync', until: '8.0', source: WSREP },
  { name: 'xtrabackup-v2', source: WSREP },
  { name: 'ist_only', since: '8.0.33', source: WSREP },
  { name: 'clone', since: '8.0.41', until: '8.1', source: '8.0, "SST Method using Clone plugin"' },
  { name: 'clone', since: '8.4.4', source: '8.4, "SST Method using Clone plugin"' },
];
