import type { StartedServer } from '../kea/started-server.js';
import type { ClientsPlace, RelayPlace } from '../network/places.js';

/** What the load must know of a server, as plain data, which another thread can be told. */
export interface LoadServer extends Pick<StartedServer, 'name' | 'kind' | 'subnets' | 'address' | 'port'> {
  relay: Pick<RelayPlace, 'address' | 'port' | 'isShared' | 'inside'>;
  clients?: Pick<ClientsPlace, 'segment' | 'clientsLink' | 'clientsAddress' | 'inside'>;
}

export function loadServerOf({
  name,
  kind,
  subnets,
  address,
  port,
  relay,
  clients,
}: StartedServer): LoadServer {
  const { isShared, inside } = relay;
  return {
    ...{ name, kind, subnets, address, port },
    relay: {
      address: relay.address,
      port: relay.port,
      ...(isShared === undefined ? {} : { isShared }),
      ...(inside === undefined ? {} : { inside }),
    },
    ...(clients === undefined
      ? {}
      : {
          clients: {
            segment: clients.segment,
            clientsLink: clients.clientsLink,
            clientsAddress: clients.clientsAddress,
            inside: clients.inside,
          },
        }),
  };
}
