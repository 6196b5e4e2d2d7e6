import { CLIENTS } from '../faults/links.js';
import { SERVER_PORTS } from '../protocol/cases.js';
import { LINK } from './machine.js';
import type { Places } from './places.js';
import type { PrivateNetwork } from './private-network.js';

/** Each program on a machine of its own. */
export function onPrivateNetwork(network: PrivateNetwork): Places {
  return {
    of(name, family = 4) {
      const { ipv4, ipv6 } = network.machine(name);
      return {
        link: LINK,
        address: family === 4 ? ipv4[0] : ipv6[0],
        isAlone: true,
        enter: network.enterAsServer(name),
        port: (standard) => Promise.resolve(standard),
        udpSockets: (of) => network.udpSockets(name, of),
      };
    },
    relay(family) {
      const { ipv4, ipv6 } = network.machine(CLIENTS);
      return Promise.resolve({
        address: family === 4 ? ipv4[0] : ipv6[0],
        port: SERVER_PORTS[family],
        isShared: true,
        ...(family === 4 ? { addresses: ipv4 } : {}),
        bind: network.openSocket,
        udpSockets: (of: 4 | 6) => network.udpSockets(CLIENTS, of),
      });
    },
  };
}
