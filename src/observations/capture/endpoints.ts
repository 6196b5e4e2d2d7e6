import type { Endpoint } from './udp.js';

/** `127.0.0.1 port 20461`; without the port where it is DHCP's own. */
export function endpointText({ address, port }: Endpoint): string {
  return isServerPort(port) ? address : `${address} port ${port}`;
}

export function isServerPort(port: number): boolean {
  return port === 67 || port === 547;
}

/** Broadcast and multicast. */
export function isForAll(address: string): boolean {
  return address.includes(':') ? /^ff/i.test(address) : Number(address.split('.', 1)[0]) >= 224;
}
