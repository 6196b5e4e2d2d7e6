import { isIP, isIPv6 } from 'node:net';
import { hostText } from '../endpoint.js';
import { PORTS, type ClusterPlan, type OptionValue, type PlannedNode, type Product } from './model.js';

/** The shell variable that stands for the Galera library, whose path only the machine itself knows. */
export const PROVIDER = 'provider';

/**
 * The option file of a node that is to be relied upon: durable, at its real address, each node naming all of them, the
 * first one too. (The article leaves an empty `gcomm://` on the first node, which then begins a cluster of its own at every
 * restart.) It contains no password.
 *
 * @returns text in which `$provider` stands for the path of the Galera library
 */
export function nodeOptionFile(
  { clusterName, nodes }: ClusterPlan,
  node: PlannedNode,
  product: Product,
): string {
  const options: Record<string, OptionValue> = {
    bind_address: bindAddress(node.host),
    port: PORTS.client,
    // Accounts are by address, or for anywhere; a name server that is down is then no hindrance.
    skip_name_resolve: 'ON',
    default_storage_engine: 'InnoDB',
    binlog_format: 'ROW',
    innodb_autoinc_lock_mode: 2,
    innodb_flush_log_at_trx_commit: 1,
    // Kea's user makes the schema's triggers; a server with a binary log asks for more rights else.
    log_bin_trust_function_creators: 'ON',
    wsrep_provider: `$${PROVIDER}`,
    wsrep_provider_options: `"gmcast.listen_addr=tcp://${listenAddress(node.host)}:${PORTS.group}"`,
    wsrep_cluster_name: clusterName,
    wsrep_cluster_address: `gcomm://${nodes.map(({ host }) => hostText(host)).join(',')}`,
    wsrep_node_name: node.name,
    wsrep_node_address: hostText(node.host),
    // Percona's provider takes a member that names none for an arbitrator, and stops all of them by flow control.
    wsrep_node_incoming_address: `${hostText(node.host)}:${PORTS.client}`,
    ...product.options(node),
  };
  const lines = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return ['[mysqld]', ...lines].join('\n');
}

/** A node's own name often leads to 127.0.1.1 on the node itself; only an address is sure to be its address. */
function bindAddress(host: string): string {
  return isIP(host) === 0 ? '*' : host;
}

function listenAddress(host: string): string {
  if (isIP(host) === 0) return '0.0.0.0';
  return isIPv6(host) ? hostText(host) : host;
}
