import { NOTHING_SENT, putOptions, type OptionPlace, type SentOptions } from '../sent-options.js';
import { putBytes, putU16, putU24, putU32, u16, u8 } from '../big-endian.js';
import type { Dhcp6Identity } from './client-messages.js';
import { encodeMessage, type Dhcp6Message } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import { OPTION } from './options/code.js';
import type { Ipv6Prefix } from './prefix.js';

const RELAY_HEADER_BYTES = 34;
/** The bytes of an IA before its options: IAID, T1, T2. */
const IA_FIELDS = 12;

/** The fields in which messages of one kind differ. */
export interface MessageFields {
  xid: number;
  /** The DUID and the options must be as long as in the model. */
  identity: Dhcp6Identity;
  elapsedMs: number;
}

/** The leases that a message is about, and the server's DUID, which must be as long as in the model. */
export interface AcceptedLeases {
  serverDuid: Uint8Array;
  /** One for each IA of the model, the IA_NA's first. */
  leases: readonly Ipv6Prefix[];
}

/**
 * A client's message, through relays or none, encoded once as a model. The model has at most one IA of each kind,
 * and each IA at most one lease. Each message is the model with its own fields written over, byte for byte what
 * `encodeMessage` would write. All messages are made in the same place, so none takes memory.
 */
export class PreparedMessage {
  readonly #model: Uint8Array;
  /** The message that was made last. */
  readonly #message: Buffer;
  readonly #messageAt: number;
  readonly #duid: OptionPlace;
  readonly #serverDuid: OptionPlace;
  readonly #ias: readonly IaPlace[];
  readonly #elapsedAt: number;
  readonly #own: readonly OptionPlace[];
  readonly #ofRelay: readonly OptionPlace[];

  /** @param sent the options that the model carries besides, of which each client has its own values */
  constructor(model: Dhcp6Message, sent: SentOptions = NOTHING_SENT) {
    const bytes = encodeMessage(model);
    this.#model = bytes;
    this.#message = Buffer.from(bytes);
    this.#messageAt = messageAt(bytes);
    const options = this.#messageAt + 4;
    this.#duid = placeOf(bytes, options, OPTION.clientId);
    this.#serverDuid = placeOf(bytes, options, OPTION.serverId);
    this.#elapsedAt = placeOf(bytes, options, OPTION.elapsedTime).at;
    this.#ias = [...placesOf(bytes, options, OPTION.iaNa), ...placesOf(bytes, options, OPTION.iaPd)];
    this.#own = sent.own.map(({ code }) => placeOf(bytes, options, code));
    const relay = innermostRelayAt(bytes);
    const ofRelay = relay === -1 ? [] : sent.relay;
    this.#ofRelay = ofRelay.map(({ code }) => placeOf(bytes, relay + RELAY_HEADER_BYTES, code));
  }

  /**
   * Makes a message, which is valid until the next one is made. Throws a RangeError for DUIDs of other lengths than the
   * model's.
   */
  make({ xid, identity, elapsedMs }: MessageFields, accepted?: AcceptedLeases): Uint8Array {
    const serverDuid = accepted?.serverDuid;
    if (identity.duid.length !== this.#duid.length || (serverDuid?.length ?? 0) !== this.#serverDuid.length)
      throw new RangeError('a DUID differs in length from that of the prepared message');
    const message = this.#message;
    message.set(this.#model);
    putU24(message, this.#messageAt + 1, xid);
    putBytes(message, this.#duid.at, identity.duid);
    putU16(message, this.#elapsedAt, Math.min(Math.floor(elapsedMs / 10), 0xffff));
    if (serverDuid !== undefined) putBytes(message, this.#serverDuid.at, serverDuid);
    putOptions(message, this.#own, identity.sent?.own);
    if (this.#ofRelay.length > 0) putOptions(message, this.#ofRelay, identity.sent?.relay);
    for (let index = 0; index < this.#ias.length; index++) {
      const place = this.#ias[index];
      if (place === undefined) continue;
      putU32(message, place.at, identity.iaid);
      const lease = accepted?.leases[index];
      if (lease === undefined) continue;
      putBytes(message, place.prefixAt, lease.prefix);
      if (place.prefixLengthAt !== -1) message[place.prefixLengthAt] = lease.prefixLength;
    }
    return message;
  }
}

/**
 * Where the elapsed time of a client's message stands: two bytes of hundredths of a second (RFC 8415 section 21.9).
 */
export function elapsedTimeAt(message: Uint8Array): number {
  return placeOf(message, messageAt(message) + 4, OPTION.elapsedTime).at;
}

/** Where the client's own message begins, through relays or none. */
function messageAt(datagram: Uint8Array): number {
  let at = 0;
  while (u8(datagram, at) === MESSAGE_TYPE.relayForward)
    at = placeOf(datagram, at + RELAY_HEADER_BYTES, OPTION.relayMessage).at;
  return at;
}

/** Where the message of the relay next to the client begins; -1 without a relay. */
function innermostRelayAt(datagram: Uint8Array): number {
  let relay = -1;
  for (let at = 0; u8(datagram, at) === MESSAGE_TYPE.relayForward;) {
    relay = at;
    at = placeOf(datagram, at + RELAY_HEADER_BYTES, OPTION.relayMessage).at;
  }
  return relay;
}

/** Where an IA of the model and its lease stand. The lease's places have no meaning if the IA has no lease. */
interface IaPlace {
  at: number;
  prefixAt: number;
  /** -1 for an address. */
  prefixLengthAt: number;
}

/** The place of the IA with this option code; empty where the model has none. */
function placesOf(message: Uint8Array, options: number, code: number): IaPlace[] {
  const { at, length } = placeOf(message, options, code);
  if (length === 0) return [];
  const leases = at + IA_FIELDS;
  if (code === OPTION.iaNa) {
    return [{ at, prefixAt: placeOf(message, leases, OPTION.iaAddress).at, prefixLengthAt: -1 }];
  }
  const lease = placeOf(message, leases, OPTION.iaPrefix).at;
  return [{ at, prefixAt: lease + 9, prefixLengthAt: lease + 8 }];
}

/** Where the data lies of the first option with this code, from `start` on; the message's end if there is none. */
function placeOf(message: Uint8Array, start: number, code: number): OptionPlace {
  for (let at = start; at < message.length; at += 4 + u16(message, at + 2)) {
    if (u16(message, at) === code) return { at: at + 4, length: u16(message, at + 2) };
  }
  return { at: message.length, length: 0 };
}
