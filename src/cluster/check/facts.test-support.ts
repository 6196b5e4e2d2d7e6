import type { NodeFacts } from './cluster-check.js';

/** A healthy node of a Galera cluster of three, with the facts that the checks look at. */
export function healthyNode(number: number, changes: Partial<NodeFacts> = {}): NodeFacts {
  return {
    name: `db${number}`,
    kind: 'galera',
    version: '10.11.14-MariaDB',
    wsrepProvider: '26.4.23',
    time: { offsetMs: 0, uncertaintyMs: 1, utcOffsetS: 0 },
    status: {
      wsrep_cluster_size: '3',
      wsrep_cluster_status: 'Primary',
      wsrep_local_state_comment: 'Synced',
      wsrep_ready: 'ON',
      wsrep_cluster_state_uuid: 'c0ffee',
      wsrep_gcomm_uuid: `node-${number}`,
    },
    variables: {
      wsrep_retry_autocommit: '1',
      innodb_flush_log_at_trx_commit: '1',
      innodb_autoinc_lock_mode: '2',
      binlog_format: 'ROW',
      tx_isolation: 'REPEATABLE-READ',
      wsrep_certification_rules: 'strict',
    },
    ...changes,
  };
}
