import { LOOPBACK } from '../packages/checks/loopback.js';
import type { PortBlock } from '../processes/port-block.js';
import { readUdpSockets } from '../processes/udp-sockets.js';
import type { Place, Places } from './places.js';

/** All programs on the loopback addresses of this machine. They differ by their ports. */
export function onLoopback(ports: PortBlock): Places {
  const placeOf = (family: 4 | 6): Place => ({
    link: 'lo',
    address: LOOPBACK[family],
    isAlone: false,
    enter: [],
    enterWithRawSockets: [],
    port: () => ports.take(),
    udpSockets: (of) => readUdpSockets(of),
  });
  return {
    of: (_name, family = 4) => placeOf(family),
    relay: async (family) => ({ address: LOOPBACK[family], port: await ports.take() }),
  };
}
