import { attached } from './addresses.js';
import {
  buildOf,
  healthcheck,
  NODES,
  nodeName,
  PASSWORD,
  type DatabaseProfile,
  type Service,
} from './services.js';

const FIRST_NODE = 14;

/** Three nodes of Percona XtraDB Cluster, as the published image starts them (its documentation, "Running with Docker"). */
export const PERCONA_PROFILE: DatabaseProfile = {
  name: 'percona',
  firstNode: FIRST_NODE,
  firstServer: 31,
  firstReplyPort: 16_720,
  nodes: Object.fromEntries(
    Array.from({ length: NODES }, (_, index) => [nodeName('percona', index + 1), node(index + 1)]),
  ),
};

function node(number: number): Service {
  const first = nodeName('percona', 1);
  return {
    profiles: ['percona'],
    ...buildOf('percona', 'percona/percona-xtradb-cluster:8.0'),
    hostname: nodeName('percona', number),
    environment: {
      CLUSTER_NAME: 'kea-lease-conformance',
      ...(number === 1 ? {} : { CLUSTER_JOIN: first }),
      MYSQL_ROOT_PASSWORD: PASSWORD,
      MYSQL_DATABASE: 'kea',
      MYSQL_USER: 'kea',
      MYSQL_PASSWORD: PASSWORD,
    },
    ...(number === 1 ? {} : { depends_on: { [first]: { condition: 'service_started' } } }),
    // A node that finds nobody to join ends, and Compose starts it again.
    restart: 'on-failure',
    ...healthcheck(['percona-ready', String(NODES)]),
    ...attached(FIRST_NODE + number - 1),
  };
}
