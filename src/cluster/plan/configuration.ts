import { isIP, isIPv6 } from 'node:net';
import { hostText } from '../endpoint.js';
import { STANDARD_PORTS } from '../flavors/flavor.js';
import type { ClusterPlan, OptionValue, PlannedNode, Product } from './cluster-plan.js';

/** The shell variable for the path of the Galera library. Only the machine itself knows this path. */
export const PROVIDER = 'provider';

/**
 * The option file of a production node: durable, and at the node's real address. Every node names all nodes, the
 * first node too. (The article leaves an empty `gcomm://` on the first node, which then begins a cluster of its own
 * at every restart.) The file contains no password.
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
    port: STANDARD_PORTS.client,
    // Accounts are for an address or for any host, so the server need not look up names, and a name server that is
    // down does no harm.
    skip_name_resolve: 'ON',
    default_storage_engine: 'InnoDB',
    binlog_format: 'ROW',
    innodb_autoinc_lock_mode: 2,
    innodb_flush_log_at_trx_commit: 1,
    // Kea's user makes the schema's triggers. A server with a binary log would ask for more rights otherwise.
    log_bin_trust_function_creators: 'ON',
    wsrep_provider: `$${PROVIDER}`,
    wsrep_provider_options: `"gmcast.listen_addr=tcp://${listenAddress(node.host)}:${STANDARD_PORTS.group}"`,
    wsrep_cluster_name: clusterName,
    wsrep_cluster_address: `gcomm://${nodes.map(({ host }) => hostText(host)).join(',')}`,
    wsrep_node_name: node.name,
    wsrep_node_address: hostText(node.host),
    // Percona's provider takes a member without this address for an arbitrator, and flow control then stops all
    // nodes.
    wsrep_node_incoming_address: `${hostText(node.host)}:${STANDARD_PORTS.client}`,
    ...product.options(node),
  };
  const lines = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return ['[mysqld]', ...lines].join('\n');
}

/** A node that is given by name binds to all addresses: on the node itself its own name often leads to 127.0.1.1. */
function bindAddress(host: string): string {
  return isIP(host) === 0 ? '*' : host;
}

function listenAddress(host: string): string {
  if (isIP(host) === 0) return '0.0.0.0';
  return isIPv6(host) ? hostText(host) : host;
}
