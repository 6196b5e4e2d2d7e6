/**
 * Server variables that the harness states itself, last of all: where a node is, what it is made of and whom it talks
 * to. In `cluster.settings` they would have no effect. A test holds the list to what nodes are configured with.
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

/** Whether a variable is one of these, as option files may write it: with a prefix, in any case. */
export function isOwnVariable(name: string): boolean {
  const plain = name.toLowerCase().replace(/^(loose|enable|disable|maximum)_/, '');
  return OWN_VARIABLES.some((own) => own === plain);
}
