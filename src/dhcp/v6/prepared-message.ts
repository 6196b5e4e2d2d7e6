import { putBytes, putU16, putU24, putU32, u16, u8 } from '../big-endian.js';
import type { Dhcp6Identity } from './client-messages.js';
import { encodeMessage, type Dhcp6Message } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import { OPTION } from './options/code.js';

const RELAY_HEADER_BYTES = 34;
/** Before the options of an IA: IAID, T1, T2. */
const IA_FIELDS = 12;

/** What differs from one message of a kind to the next. */
export interface MessageFields {
  xid: number;
  /** The DUID as long as in the model. */
  identity: Dhcp6Identity;
  elapsedMs: number;
}

/** What a REQUEST asks for, and of whom; the DUID as long as in the model. */
export interface AcceptedLease {
  serverDuid: Uint8Array;
  /** 16 bytes. */
  prefix: Uint8Array;
  prefixLength: number;
}

/**
 * A client's message through one relay or none, encoded once as a model with at most one IA, which holds at most one lease;
 * others are copies of it with their own fields written over. What they hold is what `encodeMessage` would have written.
 */
export class PreparedMessage {
  readonly #model: Uint8Array;
  readonly #messageAt: number;
  readonly #duid: OptionPlace;
  readonly #serverDuid: OptionPlace;
  readonly #iaAt: number;
  readonly #prefixAt: number;
  /** -1 for an address. */
  readonly #prefixLengthAt: number;
  readonly #elapsedAt: number;

  constructor(model: Dhcp6Message) {
    const bytes = encodeMessage(model);
    this.#model = bytes;
    this.#messageAt = messageAt(bytes);
    const options = this.#messageAt + 4;
    this.#duid = placeOf(bytes, options, OPTION.clientId);
    this.#serverDuid = placeOf(bytes, options, OPTION.serverId);
    this.#elapsedAt = placeOf(bytes, options, OPTION.elapsedTime).at;
    const na = placeOf(bytes, options, OPTION.iaNa);
    const pd = placeOf(bytes, options, OPTION.iaPd);
    this.#iaAt = Math.min(na.at, pd.at);
    const leases = this.#iaAt + IA_FIELDS;
    if (pd.length > 0) {
      const lease = placeOf(bytes, leases, OPTION.iaPrefix).at;
      this.#prefixLengthAt = lease + 8;
      this.#prefixAt = lease + 9;
    } else {
      this.#prefixLengthAt = -1;
      this.#prefixAt = placeOf(bytes, leases, OPTION.iaAddress).at;
    }
  }

  /** A message that is the caller's to keep. Throws a RangeError for DUIDs of other lengths than the model's. */
  make({ xid, identity, elapsedMs }: MessageFields, lease?: AcceptedLease): Uint8Array {
    if (
      identity.duid.length !== this.#duid.length ||
      (lease?.serverDuid.length ?? 0) !== this.#serverDuid.length
    )
      throw new RangeError('a DUID of another length than the one this message was prepared for');
    const message = Buffer.allocUnsafe(this.#model.length);
    message.set(this.#model);
    putU24(message, this.#messageAt + 1, xid);
    putBytes(message, this.#duid.at, identity.duid);
    putU32(message, this.#iaAt, identity.iaid);
    putU16(message, this.#elapsedAt, Math.min(Math.floor(elapsedMs / 10), 0xffff));
    if (lease !== undefined) {
      putBytes(message, this.#serverDuid.at, lease.serverDuid);
      putBytes(message, this.#prefixAt, lease.prefix);
      if (this.#prefixLengthAt !== -1) message[this.#prefixLengthAt] = lease.prefixLength;
    }
    return message;
  }
}

/** Where the elapsed time of a client's message stands, two bytes of hundredths of a second (RFC 8415 section 21.9). */
export function elapsedTimeAt(message: Uint8Array): number {
  return placeOf(message, messageAt(message) + 4, OPTION.elapsedTime).at;
}

/** Where the client's own message begins, through one relay or none. */
function messageAt(datagram: Uint8Array): number {
  return u8(datagram, 0) === MESSAGE_TYPE.relayForward
    ? placeOf(datagram, RELAY_HEADER_BYTES, OPTION.relayMessage).at
    : 0;
}

interface OptionPlace {
  at: number;
  length: number;
}

/** Where the data of the first such option from `start` on lies; behind the end where there is none. */
function placeOf(message: Uint8Array, start: number, code: number): OptionPlace {
  for (let at = start; at < message.length; at += 4 + u16(message, at + 2)) {
    if (u16(message, at) === code) return { at: at + 4, length: u16(message, at + 2) };
  }
  return { at: message.length, length: 0 };
}
