import type { ClusterCheck, NodeFacts } from './cluster-check.js';
import { stated } from './stated.js';
import { ownCommand } from '../../tool.js';

/** What a healthy member says, and a hint for any other answer. */
const STATES = [
  {
    name: 'state',
    variable: 'wsrep_cluster_status',
    expected: 'Primary',
    hint: 'the node is cut off from the majority and refuses statements; check that port 4567 of the other nodes can be reached',
  },
  {
    name: 'synced',
    variable: 'wsrep_local_state_comment',
    expected: 'Synced',
    hint: 'the node is still joining, or gives its state to another node; try again in a moment; if that does not help, see its log',
  },
  {
    name: 'ready',
    variable: 'wsrep_ready',
    expected: 'ON',
    hint: 'the node accepts no statements; see its log',
  },
] as const;

/**
 * The article's checks of size, state and readiness, for every node. Every node is asked, because the others count a
 * joiner before it can serve.
 *
 * @param expectedSize how many members the cluster must have
 */
export function membershipChecks(nodes: readonly NodeFacts[], expectedSize: number): ClusterCheck[] {
  const members = nodes.filter(({ kind }) => kind !== 'plain');
  return [
    ...nodes.map(replicates),
    ...members.flatMap((node) => [
      sizeCheck(node, expectedSize),
      ...stateChecks(node),
      ...flowControlCheck(node),
    ]),
    ...(members.length > 1 ? [oneCluster(members), differentNodes(members)] : []),
  ];
}

function replicates({ name, kind, version }: NodeFacts): ClusterCheck {
  return stated(
    'cluster',
    name,
    'a node of a cluster',
    kind === 'plain' ? `a plain server, ${version}` : kind,
    {
      holds: kind !== 'plain',
      hint: `the server replicates nothing: it has loaded no wsrep_provider, or wsrep_on is OFF. \`${ownCommand('cluster plan')}\` shows how to set up a cluster`,
    },
  );
}

function sizeCheck({ name, status }: NodeFacts, expected: number): ClusterCheck {
  const size = status['wsrep_cluster_size'] ?? '0';
  return stated('size', name, String(expected), size, {
    holds: size === String(expected),
    hint:
      Number(size) > expected
        ? 'the cluster has members that were not named; name all nodes with --nodes, and the number of arbitrators with --arbitrators'
        : 'this node sees too few members; look at the logs of the missing nodes',
  });
}

function stateChecks({ name, status }: NodeFacts): ClusterCheck[] {
  return STATES.map(({ name: what, variable, expected, hint }) => {
    const actual = status[variable] ?? 'unknown';
    return stated(what, name, expected, actual === '' ? 'unknown' : actual, {
      holds: actual === expected,
      hint,
    });
  });
}

/**
 * With a flow-control limit of 0, every write set that waits stops all nodes. Percona's provider counts a member
 * without an address for clients as an arbitrator, and reckons the limit without this member. Only Percona's server
 * states the limit.
 */
function flowControlCheck({ name, status }: NodeFacts): ClusterCheck[] {
  const interval = status['wsrep_flow_control_interval'];
  if (interval === undefined) return [];
  const limits = interval.match(/\d+/g)?.map(Number) ?? [];
  return [
    stated('flow-control', name, 'a limit of flow control above 0', interval, {
      holds: limits.some((limit) => limit > 0),
      hint: 'the cluster stands still after a few writes: set wsrep_node_incoming_address=ADDRESS:PORT on every node, and restart the nodes one by one',
    }),
  ];
}

/** All nodes must belong to one cluster. Two clusters of the right size would each say that all is well. */
function oneCluster(nodes: readonly NodeFacts[]): ClusterCheck {
  const ids = distinct(nodes, 'wsrep_cluster_state_uuid');
  return stated('same-cluster', null, 'one cluster identity', `${ids.length}`, {
    holds: ids.length === 1,
    hint: `the nodes belong to different clusters: ${nodes
      .map(({ name, status }) => `${name} ${status['wsrep_cluster_state_uuid'] ?? ''}`)
      .join(', ')}; a node was bootstrapped instead of joining`,
  });
}

/** Each node must be named once. One node under two addresses would prove nothing about another node. */
function differentNodes(nodes: readonly NodeFacts[]): ClusterCheck {
  const ids = distinct(nodes, 'wsrep_gcomm_uuid');
  const unknown = nodes.some(({ status }) => status['wsrep_gcomm_uuid'] === undefined);
  return stated(
    'distinct-nodes',
    null,
    `${nodes.length} different nodes`,
    unknown ? 'unknown' : `${ids.length}`,
    {
      holds: unknown || ids.length === nodes.length,
      hint: 'two of the addresses lead to the same node; name each node once',
    },
  );
}

function distinct(nodes: readonly NodeFacts[], variable: string): string[] {
  return [...new Set(nodes.map(({ status }) => status[variable] ?? ''))];
}
