import type { LeaseType } from '../../protocol/leases.js';
import type { Prefix } from '../model.js';

/** A message as the correlation of a capture sees it, the same for both protocols. */
export type DhcpMessage = DhcpRequest | DhcpReply | PassedOver;

/**
 * `renew` is a DHCPREQUEST with the client's address in it, or a RENEW; `bootp` a BOOTREQUEST without a message type; `other`
 * asks for no lease and gives none back.
 */
export type RequestType =
  'discover' | 'request' | 'renew' | 'rebind' | 'release' | 'decline' | 'solicit' | 'bootp' | 'other';

/**
 * What a client can have a binding for: in DHCPv4 the one that it has, in DHCPv6 an identity association (RFC 8415 section 12)
 * for addresses, temporary addresses or prefixes.
 */
export interface Association {
  kind: 'v4' | 'na' | 'ta' | 'pd';
  iaid: number;
}

export function leaseTypeOf({ kind }: Association): LeaseType {
  return kind === 'pd' ? 'prefix' : 'address';
}

/** Who sent it or whom it is for; hexadecimal, empty where it does not say. A hardware address has its type: see `Fields4`. */
export type Identity =
  { family: 4; hardwareAddress: string; clientIdentifier: string } | { family: 6; duid: string };

export interface DhcpRequest {
  role: 'request';
  family: 4 | 6;
  type: RequestType;
  /** The field's word for it: `DISCOVER`, `INFORM`. */
  word: string;
  xid: number;
  relayed: boolean;
  /** The link of the client as its relay names it; a number that is hardly ever the same for two, 0 where none is named. */
  link: number;
  hops: number;
  identity: Identity;
  /** What is asked for, prolonged or given back. */
  associations: readonly Association[];
  /** The leases that it names, each with the binding that has it; without bytes for all of that binding. */
  named: readonly Named[];
  /** The server that it is for: option 54 as an address, or a DUID in hexadecimal. */
  server: string | undefined;
  /** Tells it from another message under the same transaction id. */
  content: string;
  /** The VPN that a relay says it is of, hexadecimal; empty for none (RFC 6607). */
  vpn: string;
}

export interface Named {
  association: Association;
  lease: Uint8Array;
  prefixLength: number;
}

export interface DhcpReply {
  role: 'reply';
  family: 4 | 6;
  type: 'offer' | 'ack' | 'nak' | 'advertise' | 'reply' | 'bootreply';
  xid: number;
  rapidCommit: boolean;
  identity: Identity;
  /** Whose answer it is, as for a request. */
  server: string | undefined;
  /** Of the message as a whole (RFC 8415 section 21.13); 0 where it has none, and in DHCPv4. */
  statusCode: number;
  vpn: string;
  /** Of a BOOTREPLY that a relay hands on: it names no server, and comes from its relay whichever server gave it. */
  isOfAnyServer?: true;
  /** In the order in which they stand there. */
  given: readonly Given[];
  /** What it should have and has not, and can be understood without. */
  lacks: readonly Lack[];
}

/** RFC 2131 table 3: options 54 and 51 of an answer; RFC 8415 sections 16.3 and 16.10. */
export type Lack = 'server identifier' | 'client identifier' | 'lease time';

export interface Given {
  association: Association;
  kind: 'lease' | 'nak' | 'no-lease';
  /** 4 or 16 bytes, or none. */
  lease: Uint8Array;
  prefixLength: number;
  /** Seconds. */
  validLifetime: number;
  statusCode: number;
  /** Of a prefix the part that is not its client's (RFC 6603). */
  excluded?: Prefix;
}

/** A message that is about no lease of a client's, such as a LEASEQUERY. */
export interface PassedOver {
  role: 'passed';
  word: string;
}

/** Whether an answer is for the client that asked, and about what it asked for; one of DHCPv6 may name no client. */
export function isFor(
  { identity, given }: DhcpReply,
  asked: { identity: Identity; associations: readonly Association[] },
): boolean {
  const whose = asked.identity;
  if (identity.family === 4 && whose.family === 4) {
    // RFC 6842 section 3: older servers don't send the client identifier back.
    return (
      isSameHardware(identity.hardwareAddress, whose.hardwareAddress) &&
      (identity.clientIdentifier === '' || identity.clientIdentifier === whose.clientIdentifier)
    );
  }
  return (
    identity.family === 6 &&
    whose.family === 6 &&
    (identity.duid === whose.duid || !isNamed(identity)) &&
    (given.length === 0 || given.some(({ association }) => isAsked(association, asked)))
  );
}

/** Some servers say Ethernet in each answer, whatever type the client has. */
function isSameHardware(one: string, other: string): boolean {
  return one === other || withoutType(one) === withoutType(other);
}

/** The bytes of a hardware address that is told with its type. */
export function withoutType(hardwareAddress: string): string {
  return hardwareAddress.slice(hardwareAddress.indexOf('/') + 1);
}

export function isAsked(
  { kind, iaid }: Association,
  { associations }: { associations: readonly Association[] },
): boolean {
  return associations.some((one) => one.kind === kind && one.iaid === iaid);
}

/** Whether a message says of whom or for whom it is. */
export function isNamed(identity: Identity): boolean {
  return identity.family === 6
    ? identity.duid !== ''
    : identity.hardwareAddress !== '' || identity.clientIdentifier !== '';
}

export function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
