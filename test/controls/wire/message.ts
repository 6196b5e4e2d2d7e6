/** A lease on the wire. */
export interface LeaseBytes {
  bytes: Uint8Array;
  /** Of a prefix; 32 or 128 for an address. */
  length: number;
}

/** As results have it, in hexadecimal. */
export type Identity = { clientIdentifier: string; hardwareAddress: string } | { duid: string; iaid: number };

/** `start` is a DISCOVER or SOLICIT, `offer` its answer with a lease, `grant` an ACK or a REPLY with a lease. */
export type Role = 'start' | 'offer' | 'request' | 'grant';

/** A message between a client and a server, as far as the controls read and change it: the same for every case. */
export interface Message {
  readonly role: Role;
  readonly identity: Identity;
  /** Of an offer or a grant. */
  readonly lease: LeaseBytes | undefined;
  /** The message with another lease. */
  withLease(lease: LeaseBytes): Message;
  /** The message with the identity of another one. */
  withIdentityOf(other: Message): Message;
  /** A grant turned into one that takes the lease away: a NAK, or NoBinding. */
  asRefusal(): Message;
  /** An offer turned into the grant that `request` asks for. */
  asGrantFor(request: Message): Message;
  encode(): Uint8Array;
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
