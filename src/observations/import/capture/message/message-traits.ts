import type { Datagram } from '../file/udp.js';
import { isNamed, type Association, type DhcpReply, type DhcpRequest } from './dhcp-message.js';

/** The port on which boot servers are asked (PXE specification 2.1, section 2.2.3). */
const BOOT_SERVER_PORT = 4011;

export function isOfBootServer(
  { family }: DhcpRequest | DhcpReply,
  { source, destination }: Datagram,
): boolean {
  return family === 4 && (source.port === BOOT_SERVER_PORT || destination.port === BOOT_SERVER_PORT);
}

/** Whether a message is an ACK that gives a lease with a lease time. A boot server never sends that. */
export function commits(message: DhcpRequest | DhcpReply): boolean {
  return (
    message.role === 'reply' &&
    message.type === 'ack' &&
    givesLease(message) &&
    !message.lacks.includes('lease time')
  );
}

/**
 * The datagram in the network of its VPN. Each VPN has addresses of its own, whatever network its relay and server
 * use.
 */
export function inVpn(datagram: Datagram, { vpn }: DhcpRequest | DhcpReply): Datagram {
  if (vpn === '') return datagram;
  return { ...datagram, network: `${datagram.network} VPN ${vpn}`.trimStart() };
}

/** Whether a request about leases does not name its client. */
export function isNobodys(message: DhcpRequest): boolean {
  return message.type !== 'other' && !isNamed(message.identity);
}

/** The usual name of a message, such as `DISCOVER`. */
export function wordOf(message: DhcpRequest | DhcpReply): string {
  return message.role === 'request' ? message.word : message.type.toUpperCase();
}

/** The part of a reply that is about some identity associations. */
export function partOf(reply: DhcpReply, isPart: (association: Association) => boolean): DhcpReply {
  return reply.given.every(({ association }) => isPart(association))
    ? reply
    : { ...reply, given: reply.given.filter(({ association }) => isPart(association)) };
}

export function isTimeless({ lacks }: DhcpReply): boolean {
  return lacks.includes('lease time');
}

export function isOffer({ type }: DhcpReply): boolean {
  return type === 'offer' || type === 'advertise';
}

export function givesLease({ given }: DhcpReply): boolean {
  return given.some(({ kind }) => kind === 'lease');
}

/**
 * Whether a reply is a DHCPNAK that names no client, as some servers leave chaddr out. It is for the only client that
 * uses its transaction id.
 */
export function isForWhoAsked({ type, identity }: DhcpReply): boolean {
  return (
    type === 'nak' &&
    identity.family === 4 &&
    identity.clientIdentifier === '' &&
    /^0*$/.test(identity.hardwareAddress)
  );
}

/**
 * The transaction id that a datagram which can't be read seems to have; -1 for none. A relayed DHCPv6 message has it
 * inside option 9.
 */
export function guessXid(family: 4 | 6, payload: Buffer): number {
  if (family === 4) return payload.length < 8 ? -1 : payload.readUInt32BE(4);
  if ((payload[0] ?? 0) < 12) return payload.length < 4 ? -1 : payload.readUIntBE(1, 3);
  for (let at = 34; at + 8 <= payload.length; at += 4 + payload.readUInt16BE(at + 2)) {
    if (payload.readUInt16BE(at) === 9) return payload.readUInt32BE(at + 4) & 0xff_ffff;
  }
  return -1;
}
