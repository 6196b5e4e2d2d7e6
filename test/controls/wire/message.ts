/** The bytes of a lease in a message. */
export interface LeaseBytes {
  bytes: Uint8Array;
  /** The length of a prefix; 32 or 128 for an address. */
  length: number;
}

/** An identity as results write it, in hexadecimal. */
export type Identity = { clientIdentifier: string; hardwareAddress: string } | { duid: string; iaid: number };

/** `start` is a DISCOVER or SOLICIT, `offer` its answer with a lease, `grant` an ACK or a REPLY with a lease. */
export type Role = 'start' | 'offer' | 'request' | 'grant';

/** A message between a client and a server, with what the controls read and change. It is the same for every case. */
export interface Message {
  readonly role: Role;
  readonly identity: Identity;
  /** The lease of an offer or a grant; undefined for other messages. */
  readonly lease: LeaseBytes | undefined;
  /** The message with another lease. */
  withLease(lease: LeaseBytes): Message;
  /** The message with the identity of another message. */
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
