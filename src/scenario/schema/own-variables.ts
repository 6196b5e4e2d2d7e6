/**
 * Server variables that the harness itself sets, after all others: where a node is, which files it uses and which
 * addresses it talks to. They would have no effect in `cluster.settings`. A test compares the list with the
 * configuration of nodes.
 */
export const OWN_VARIABLES = [
  'basedir',
  'bind_address',
  'character_sets_dir',
  'datadir',
  'lc_messages_dir',
  'mysqlx',
  'pid_file',
  'plugin_dir',
  'port',
  'secure_file_priv',
  'skip_networking',
  'socket',
  'tmpdir',
  'wsrep_cluster_address',
  'wsrep_cluster_name',
  'wsrep_node_address',
  'wsrep_node_incoming_address',
  'wsrep_node_name',
  'wsrep_provider',
  'wsrep_sst_receive_address',
] as const;

/** Whether a variable is in {@link OWN_VARIABLES}. Option files may write its name with a prefix, and in any case. */
export function isOwnVariable(name: string): boolean {
  const plain = name.toLowerCase().replace(/^(loose|enable|disable|maximum)_/, '');
  return OWN_VARIABLES.some((own) => own === plain);
}
