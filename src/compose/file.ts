import { stringify } from 'yaml';
import { NETWORK } from './addresses.js';
import { GALERA_PROFILE } from './galera.js';
import { keaServices } from './kea.js';
import type { Services } from './services.js';
import { PERCONA_PROFILE } from './percona.js';

const HEADER = `\
# The harness's cluster, to run by hand: three database nodes, and on each of them a Kea server for DHCPv4 and one for DHCPv6.
# Written out from the harness's own model by \`npm run compose\`; change it there. docs/clusters.md says how to use it.
#
#   (umask 077; echo KEA_DB_PASSWORD=$(openssl rand -hex 16) >.env)
#   docker compose --profile galera up --build --detach   (or docker-compose; --profile percona)
#   docker compose --profile galera down --volumes
#
# No port is published: the machine that the engine runs on reaches every service at its address.
`;

/** The text of `docker-compose.yml`: Compose 2, and docker-compose from 1.28 on. */
export function composeFile(): string {
  const services: Services = Object.assign(
    {},
    ...[GALERA_PROFILE, PERCONA_PROFILE].map((profile) => ({ ...profile.nodes, ...keaServices(profile) })),
  ) as Services;
  const ranges = [NETWORK.v4, NETWORK.v6].map((range) => ({ ...range }));
  const file = {
    services,
    networks: {
      conformance: { driver: 'bridge', internal: true, enable_ipv6: true, ipam: { config: ranges } },
    },
  };
  return `${HEADER}\n${stringify(file, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    singleQuote: true,
    // Compose 1 reads YAML 1.1, in which a bare yes is no text.
    version: '1.1',
  })}`;
}
