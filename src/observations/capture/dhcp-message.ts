import type { LeaseType } from '../model.js';

/** A message as the correlation of a capture sees it, the same for both protocols. */
export type DhcpMessage = DhcpRequest | DhcpReply;

/** `renew` is a DHCPREQUEST with the client's address in it too; `other` asks for no lease and gives none back. */
export type RequestType =
  'discover' | 'request' | 'renew' | 'rebind' | 'release' | 'decline' | 'solicit' | 'other';

export interface DhcpRequest {
  role: 'request';
  family: 4 | 6;
  type: RequestType;
  xid: number;
  relayed: boolean;
  client: ClientKey;
  /** What is asked for, in DHCPv6 by the identity associations. */
  leaseTypes: readonly LeaseType[];
}

export interface DhcpReply {
  role: 'reply';
  family: 4 | 6;
  type: 'offer' | 'ack' | 'nak' | 'advertise' | 'reply';
  xid: number;
  rapidCommit: boolean;
  isFor: (client: ClientKey) => boolean;
  /** Whose it is, as far as it says. */
  leaseTypes: readonly LeaseType[];
  /** For each kind of lease that was asked for what the answer has of it: one lease or refusal at least. */
  given: (leaseType: LeaseType) => Given[];
}

export interface Given {
  kind: 'lease' | 'nak' | 'no-lease';
  /** 4 or 16 bytes, or none. */
  lease: Uint8Array;
  prefixLength: number;
  /** Seconds. */
  validLifetime: number;
  statusCode: number;
}

/** Hexadecimal; compared byte for byte. */
export type ClientKey =
  | { family: 4; hardwareAddress: string; clientIdentifier: string }
  /** Ascending. */
  | { family: 6; duid: string; iaids: readonly number[] };

/** The same text for the same client, and for no other. */
export function textOf(client: ClientKey): string {
  return client.family === 4
    ? `4 ${client.hardwareAddress} ${client.clientIdentifier}`
    : `6 ${client.duid} ${client.iaids.join(' ')}`;
}

export function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
