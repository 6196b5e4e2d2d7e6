import type { Datagram, Endpoint } from '../file/udp.js';

/** `127.0.0.1 port 20461`; without the port if it is 67 or 547, those of DHCP servers. */
export function endpointText({ address, port }: Endpoint): string {
  return isServerPort(port) ? address : `${address} port ${port}`;
}

export function isServerPort(port: number): boolean {
  return port === 67 || port === 547;
}

/** Whether an address is one of broadcast or multicast. */
export function isForAll(address: string): boolean {
  return address.includes(':') ? /^ff/i.test(address) : parseInt(address, 10) >= 224;
}

/**
 * The way of a datagram, from its source to its destination, as a number. Two ways hardly ever have the same number.
 */
export function wayNumber(source: Endpoint, destination: Endpoint, more = 0): number {
  return hashed(
    hashed(hashed(0x811c9dc5 ^ more, source.address) ^ source.port, destination.address) ^ destination.port,
    '',
  );
}

/**
 * The way of a datagram in its network, as a number. The network counts too, because an access node hands messages on
 * with their addresses unchanged.
 */
export function wayOf({ source, destination, network, heardIn }: Way, more = 0): number {
  return hashed(wayNumber(source, destination, more), heardIn ?? network);
}

export type Way = Pick<Datagram, 'source' | 'destination' | 'network' | 'heardIn'>;

/** FNV-1a, 32 bits. */
export function hashed(start: number, text: string): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
