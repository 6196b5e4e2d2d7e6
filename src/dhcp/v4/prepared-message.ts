import { putBytes, putU16, putU32, u8 } from '../big-endian.js';
import type { AcceptedOffer, Dhcp4Identity } from './client-messages.js';
import { encodeMessage, OPTIONS_OFFSET, type Dhcp4Message } from './message.js';
import { OPTION } from './options/code.js';

const HARDWARE_LENGTH_OFFSET = 2;
const XID_OFFSET = 4;
const SECS_OFFSET = 8;
const CIADDR_OFFSET = 12;
const HARDWARE_ADDRESS_OFFSET = 28;

/** What differs from one message of a kind to the next. */
export interface MessageFields {
  xid: number;
  /** At most 0xffff. */
  secs: number;
  /** Hardware address and client identifier as long as in the model. */
  identity: Dhcp4Identity;
}

/**
 * A client's message, encoded once as a model; others are copies of it with their own fields written over. What they
 * hold is what `encodeMessage` would have written.
 *
 * ```ts
 * const discovers = new PreparedMessage(discover({ xid: 0, identity, relay }));
 * socket.send(discovers.make({ xid: 7, secs: 0, identity: another }));
 * ```
 */
export class PreparedMessage {
  readonly #model: Uint8Array;
  readonly #identifier: OptionPlace;
  /** Where it names the address that it is about: in option 50, else in ciaddr (RFC 2131 table 5). */
  readonly #addressAt: number;
  readonly #server: OptionPlace;

  constructor(model: Dhcp4Message) {
    this.#model = encodeMessage(model);
    this.#identifier = placeOf(this.#model, OPTION.clientIdentifier);
    const requested = placeOf(this.#model, OPTION.requestedAddress);
    this.#addressAt = requested.length > 0 ? requested.at : CIADDR_OFFSET;
    this.#server = placeOf(this.#model, OPTION.serverIdentifier);
  }

  /**
   * A message that is the caller's to keep. Throws a RangeError for an identity of other lengths than the model's.
   *
   * @param lease what it asks for, or what its client holds; and the server, where the model names one
   */
  make({ xid, secs, identity }: MessageFields, lease?: AcceptedOffer): Uint8Array {
    const { hardwareAddress, clientIdentifier } = identity;
    if (
      hardwareAddress.length !== u8(this.#model, HARDWARE_LENGTH_OFFSET) ||
      (clientIdentifier?.length ?? 0) !== this.#identifier.length
    )
      throw new RangeError('an identity of other lengths than the one this message was prepared for');
    const message = Buffer.allocUnsafe(this.#model.length);
    message.set(this.#model);
    putU32(message, XID_OFFSET, xid);
    putU16(message, SECS_OFFSET, secs);
    putBytes(message, HARDWARE_ADDRESS_OFFSET, hardwareAddress);
    if (clientIdentifier !== undefined) putBytes(message, this.#identifier.at, clientIdentifier);
    if (lease !== undefined) {
      putBytes(message, this.#addressAt, lease.yiaddr);
      if (this.#server.length > 0) putBytes(message, this.#server.at, lease.serverIdentifier);
    }
    return message;
  }
}

interface OptionPlace {
  at: number;
  length: number;
}

/** Where the value of an option lies in a message that has it at most once; behind its end where it has not. */
function placeOf(message: Uint8Array, code: number): OptionPlace {
  for (let at = OPTIONS_OFFSET; u8(message, at) !== OPTION.end; at += 2 + u8(message, at + 1)) {
    if (u8(message, at) === code) return { at: at + 2, length: u8(message, at + 1) };
  }
  return { at: message.length, length: 0 };
}
