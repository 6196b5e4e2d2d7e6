import { HarnessError } from '../errors.js';
import { CLIENTS } from '../faults/links.js';
import { SERVER_PORTS } from '../protocol/cases.js';
import type { Places } from './places.js';
import type { PrivateNetwork } from './private-network.js';

/** Each program on a machine of its own. */
export function onPrivateNetwork(network: PrivateNetwork): Places {
  return {
    of(name, family = 4) {
      const [{ name: link, ipv4, ipv6 }] = network.machine(name).links;
      return {
        link,
        address: family === 4 ? ipv4[0] : ipv6[0],
        isAlone: true,
        enter: network.enterAsServer(name),
        enterWithRawSockets: network.enterAsRawServer(name),
        port: (standard) => Promise.resolve(standard),
        udpSockets: (of) => network.udpSockets(name, of),
      };
    },
    clientsOf(name, family) {
      const [, own] = network.machine(name).links;
      if (own === undefined) return undefined;
      const clients = network.clientsOn(own.segment);
      if (clients === undefined) throw new HarnessError('INTERNAL', `nobody asks ${name}`);
      return {
        link: own.name,
        address: family === 4 ? own.ipv4[0] : own.ipv6[0],
        segment: own.segment,
        clientsLink: clients.links[0].name,
        clientsAddress: family === 4 ? clients.links[0].ipv4[0] : clients.links[0].ipv6[0],
        inside: network.socketsOn(clients.name),
        udpSockets: (of) => network.udpSockets(clients.name, of),
      };
    },
    relay(family) {
      const [{ ipv4, ipv6 }] = network.machine(CLIENTS).links;
      return Promise.resolve({
        address: family === 4 ? ipv4[0] : ipv6[0],
        port: SERVER_PORTS[family],
        isShared: true,
        ...(family === 4 ? { addresses: ipv4 } : {}),
        inside: network.socketsOn(CLIENTS),
        udpSockets: (of: 4 | 6) => network.udpSockets(CLIENTS, of),
      });
    },
  };
}
