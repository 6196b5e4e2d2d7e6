import {
  NOTHING_SENT,
  putOptions,
  type OptionPlace,
  type SentOption,
  type SentOptions,
} from '../sent-options.js';
import { putBytes, putU16, putU32, u8 } from '../big-endian.js';
import type { AcceptedOffer, Dhcp4Identity } from './client-messages.js';
import { encodeMessage, OPTIONS_OFFSET, type Dhcp4Message } from './message.js';
import { OPTION } from './options/code.js';

const HARDWARE_LENGTH_OFFSET = 2;
const XID_OFFSET = 4;
const SECS_OFFSET = 8;
const CIADDR_OFFSET = 12;
const HARDWARE_ADDRESS_OFFSET = 28;

/** The fields in which messages of one kind differ. */
export interface MessageFields {
  xid: number;
  /** At most 0xffff. */
  secs: number;
  /** All that differs from client to client must be as long as in the model. */
  identity: Dhcp4Identity;
}

/**
 * A client's message, encoded once as a model. Each message is the model with its own fields written over, byte for byte
 * what `encodeMessage` would write. All messages are made in the same place, so none takes memory.
 *
 * ```ts
 * const discovers = new PreparedMessage(discover({ xid: 0, identity, relay }));
 * socket.send(discovers.make({ xid: 7, secs: 0, identity: another }));
 * ```
 */
export class PreparedMessage {
  readonly #model: Uint8Array;
  /** The message that was made last. */
  readonly #message: Buffer;
  readonly #identifier: OptionPlace;
  /** Where the message has the address that it is about: in option 50, else in ciaddr (RFC 2131 table 5). */
  readonly #addressAt: number;
  readonly #server: OptionPlace;
  readonly #own: readonly OptionPlace[];
  readonly #ofRelay: readonly OptionPlace[];

  /** @param sent the options that the model carries besides, of which each client has its own values */
  constructor(model: Dhcp4Message, sent: SentOptions = NOTHING_SENT) {
    this.#model = encodeMessage(model);
    this.#message = Buffer.from(this.#model);
    this.#identifier = placeOf(this.#model, OPTION.clientIdentifier);
    const requested = placeOf(this.#model, OPTION.requestedAddress);
    this.#addressAt = requested.length > 0 ? requested.at : CIADDR_OFFSET;
    this.#server = placeOf(this.#model, OPTION.serverIdentifier);
    this.#own = sent.own.map(({ code }) => placeOf(this.#model, code));
    const agentInformation = placeOf(this.#model, OPTION.relayAgentInformation);
    this.#ofRelay = agentInformation.length === 0 ? [] : subOptionPlaces(agentInformation.at, sent.relay);
    const last = this.#ofRelay.at(-1);
    // The encoder splits an option of more than 255 bytes, and then nothing lies where it would.
    if (last !== undefined && last.at + last.length !== agentInformation.at + agentInformation.length)
      throw new RangeError('the relay agent information does not fit into one option');
  }

  /**
   * Makes a message, which is valid until the next one is made. Throws a RangeError for an identity of other lengths than
   * the model's.
   *
   * @param lease the address that the message asks for or that its client holds, and the server if the model names
   *   one
   */
  make({ xid, secs, identity }: MessageFields, lease?: AcceptedOffer): Uint8Array {
    const { hardwareAddress, clientIdentifier } = identity;
    if (
      hardwareAddress.length !== u8(this.#model, HARDWARE_LENGTH_OFFSET) ||
      (clientIdentifier?.length ?? 0) !== this.#identifier.length
    )
      throw new RangeError('the identifiers differ in length from those of the prepared message');
    const message = this.#message;
    message.set(this.#model);
    putU32(message, XID_OFFSET, xid);
    putU16(message, SECS_OFFSET, secs);
    putBytes(message, HARDWARE_ADDRESS_OFFSET, hardwareAddress);
    if (clientIdentifier !== undefined) putBytes(message, this.#identifier.at, clientIdentifier);
    putOptions(message, this.#own, identity.sent?.own);
    if (this.#ofRelay.length > 0) putOptions(message, this.#ofRelay, identity.sent?.relay);
    if (lease !== undefined) {
      putBytes(message, this.#addressAt, lease.yiaddr);
      if (this.#server.length > 0) putBytes(message, this.#server.at, lease.serverIdentifier);
    }
    return message;
  }
}

/** Where the values of sub-options lie that stand one after the other (RFC 3046 section 2.0). */
function subOptionPlaces(start: number, subOptions: readonly SentOption[]): OptionPlace[] {
  let next = start;
  return subOptions.map(({ value: { length } }) => {
    const at = next + 2;
    next = at + length;
    return { at, length };
  });
}

/**
 * Where the value of an option lies in a message that has the option at most once; the message's end if it does not
 * have it.
 */
function placeOf(message: Uint8Array, code: number): OptionPlace {
  for (let at = OPTIONS_OFFSET; u8(message, at) !== OPTION.end; at += 2 + u8(message, at + 1)) {
    if (u8(message, at) === code) return { at: at + 2, length: u8(message, at + 1) };
  }
  return { at: message.length, length: 0 };
}
