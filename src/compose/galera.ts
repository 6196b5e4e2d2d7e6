import { GALERA } from '../cluster/flavors/galera.js';
import { commonOptions } from '../cluster/node-configuration.js';
import { attached, addressesOf } from './addresses.js';
import {
  buildOf,
  healthcheck,
  NODES,
  nodeName,
  PASSWORD,
  type DatabaseProfile,
  type Service,
} from './services.js';

const FIRST_NODE = 11;

/** Options that the image's own script sets: the script knows which tools for state transfer the image has. */
const OF_THE_IMAGE = ['wsrep_on', 'wsrep_sst_method'];

/** Three nodes of MariaDB with Galera. */
export const GALERA_PROFILE: DatabaseProfile = {
  name: 'galera',
  firstNode: FIRST_NODE,
  firstServer: 21,
  firstReplyPort: 16_700,
  nodes: Object.fromEntries(
    Array.from({ length: NODES }, (_, index) => [nodeName('galera', index + 1), node(index + 1)]),
  ),
};

function node(number: number): Service {
  const members = Array.from({ length: NODES }, (_, index) => addressesOf(FIRST_NODE + index).v4);
  const options = Object.entries(commonOptions(GALERA)).filter(([name]) => !OF_THE_IMAGE.includes(name));
  return {
    profiles: ['galera'],
    ...buildOf('galera', 'debian:bookworm-slim'),
    hostname: nodeName('galera', number),
    environment: {
      GALERA_NODES: members.join(','),
      ...(number === 1 ? { GALERA_FIRST: 'yes' } : {}),
      KEA_DB_PASSWORD: PASSWORD,
    },
    command: [
      'galera-node',
      ...options.map(([name, value]) => `--${name.replaceAll('_', '-')}=${value}`),
      // The other nodes come up at the same time, and may have to wait for the first node's data.
      '--wsrep-provider-options=gcache.size=32M;pc.wait_prim_timeout=PT3M',
    ],
    restart: 'on-failure',
    ...healthcheck(['galera-ready', String(NODES)]),
    ...attached(FIRST_NODE + number - 1),
  };
}
