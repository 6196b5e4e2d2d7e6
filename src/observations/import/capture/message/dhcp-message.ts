import type { LeaseType } from '../../../../protocol/leases.js';
import type { Prefix } from '../../../observation.js';

/** A message as the `Correlator` takes it, in one form for DHCPv4 and DHCPv6. */
export type DhcpMessage = DhcpRequest | DhcpReply | PassedOver;

/**
 * `renew` is a RENEW, or a DHCPREQUEST with the client's address in ciaddr. `bootp` is a BOOTREQUEST without a
 * message type. `other` asks for no lease and gives none back.
 */
export type RequestType =
  'discover' | 'request' | 'renew' | 'rebind' | 'release' | 'decline' | 'solicit' | 'bootp' | 'other';

/**
 * What a client can have a binding for. A DHCPv4 client has one binding (`v4`). A DHCPv6 client has one for each
 * identity association (RFC 8415 section 12): for addresses (`na`), temporary addresses (`ta`) or prefixes (`pd`).
 */
export interface Association {
  kind: 'v4' | 'na' | 'ta' | 'pd';
  iaid: number;
}

export function leaseTypeOf({ kind }: Association): LeaseType {
  return kind === 'pd' ? 'prefix' : 'address';
}

/**
 * The client that a message is from or for. All values are hexadecimal, and empty if the message lacks them. A
 * hardware address has its type: see `Fields4`.
 */
export type Identity =
  { family: 4; hardwareAddress: string; clientIdentifier: string } | { family: 6; duid: string };

export interface DhcpRequest {
  role: 'request';
  family: 4 | 6;
  type: RequestType;
  /** The message's usual name: `DISCOVER`, `INFORM`. */
  word: string;
  xid: number;
  relayed: boolean;
  /**
   * The client's link as its relay names it, as a number; 0 if none is named. Two links hardly ever have the same
   * number.
   */
  link: number;
  hops: number;
  identity: Identity;
  /** The bindings that the request asks for, extends or gives back. */
  associations: readonly Association[];
  /**
   * The leases that the request names, each with its binding. A lease without bytes stands for all leases of the
   * binding.
   */
  named: readonly Named[];
  /** The server that the request names: option 54 as an address, or a DUID in hexadecimal. */
  server: string | undefined;
  /** Tells the request from another message under the same transaction id. */
  content: string;
  /** The VPN that a relay or the client names (RFC 6607), in hexadecimal; empty for none. */
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
  /** The server that the answer names, as `DhcpRequest.server`. */
  server: string | undefined;
  /** The status code of the message as a whole (RFC 8415 section 21.13); 0 if it has none, and in DHCPv4. */
  statusCode: number;
  vpn: string;
  /**
   * Set for a BOOTREPLY that a relay hands on: it names no server, and comes from the relay whichever server sent it.
   */
  isOfAnyServer?: true;
  /** Leases and refusals, in the order of the message. */
  given: readonly Given[];
  /** What the answer should have but lacks, although it can be understood without. */
  lacks: readonly Lack[];
}

/** RFC 2131 table 3: options 54 and 51 of an answer; RFC 8415 sections 16.3 and 16.10. */
export type Lack = 'server identifier' | 'client identifier' | 'lease time';

export interface Given {
  association: Association;
  kind: 'lease' | 'nak' | 'no-lease';
  /** 4 or 16 bytes; 8 for some ports of an IPv4 address; empty for none. */
  lease: Uint8Array;
  prefixLength: number;
  /** Seconds. */
  validLifetime: number;
  statusCode: number;
  /** The prefix that is excluded from this delegated prefix, and is not its client's (RFC 6603). */
  excluded?: Prefix;
}

/** A message that is about no lease of its sender, such as a LEASEQUERY. */
export interface PassedOver {
  role: 'passed';
  word: string;
}

/**
 * Whether an answer is for the client that asked, and about something that it asked for. A DHCPv6 answer may name no
 * client.
 */
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

/**
 * Whether two hardware addresses have the same bytes. Types may differ, because some servers write Ethernet in each
 * answer.
 */
function isSameHardware(one: string, other: string): boolean {
  return one === other || withoutType(one) === withoutType(other);
}

/** The bytes of a hardware address, without the type before them; both hexadecimal. */
export function withoutType(hardwareAddress: string): string {
  return hardwareAddress.slice(hardwareAddress.indexOf('/') + 1);
}

export function isAsked(
  { kind, iaid }: Association,
  { associations }: { associations: readonly Association[] },
): boolean {
  return associations.some((one) => one.kind === kind && one.iaid === iaid);
}

/** Whether a message names its client. */
export function isNamed(identity: Identity): boolean {
  return identity.family === 6
    ? identity.duid !== ''
    : identity.hardwareAddress !== '' || identity.clientIdentifier !== '';
}

export function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
