import { hasBytes, u16, u24, u8 } from '../big-endian.js';
import type { Dhcp6Identity } from './client-messages.js';
import { LeanIa } from './lean-ia.js';
import { MAX_RELAYS } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import { OPTION } from './options/code.js';
import type { Dhcp6Reply } from './reply.js';

/** The header of a relay message: type, hop count, link address and peer address (RFC 8415 section 9). */
const RELAY_HEADER_BYTES = 34;
/** The lengths that a DUID may have, in bytes (RFC 8415 section 11.1). */
const SHORTEST_DUID = 3;
const LONGEST_DUID = 130;

/**
 * Reads one answer after another that a server sent through relays, or to the client itself, in place: the same facts
 * as `readReply` gives, without decoding the rest. It reads only plain answers: an ADVERTISE or a REPLY with at most one IA of each kind,
 * and each IA has one lease or is refused. It leaves any other datagram to the full decoder.
 */
export class LeanReply {
  messageType: Dhcp6Reply['messageType'] = MESSAGE_TYPE.reply;
  xid = 0;
  rapidCommit = false;
  readonly na = new LeanIa('na');
  readonly pd = new LeanIa('pd');
  #datagram: Uint8Array = new Uint8Array(0);
  #clientAt = 0;
  #clientEnd = 0;
  #serverAt = 0;
  #serverEnd = 0;

  readonly #isRelayed: boolean;

  /** @param isRelayed whether answers come through a relay; true by default */
  constructor(isRelayed = true) {
    this.#isRelayed = isRelayed;
  }

  /** Reads an answer. False where only the full decoder can read it; the fields then have no meaning. */
  read(datagram: Uint8Array): boolean {
    return this.#isRelayed
      ? this.#readRelayed(datagram, 0, datagram.length)
      : this.#readMessage(datagram, 0, datagram.length);
  }

  #readRelayed(datagram: Uint8Array, start: number, end: number, depth = 1): boolean {
    if (end - start < RELAY_HEADER_BYTES || u8(datagram, start) !== MESSAGE_TYPE.relayReply) return false;
    let carriedAt = 0;
    let carriedEnd = 0;
    for (let at = start + RELAY_HEADER_BYTES; at < end;) {
      if (end - at < 4) return false;
      const data = at + 4;
      const next = data + u16(datagram, at + 2);
      if (next > end) return false;
      if (u16(datagram, at) === OPTION.relayMessage) {
        if (carriedAt !== 0) return false;
        carriedAt = data;
        carriedEnd = next;
      }
      at = next;
    }
    if (carriedAt === 0) return false;
    return u8(datagram, carriedAt) === MESSAGE_TYPE.relayReply && depth < MAX_RELAYS
      ? this.#readRelayed(datagram, carriedAt, carriedEnd, depth + 1)
      : this.#readMessage(datagram, carriedAt, carriedEnd);
  }

  /**
   * Whether the answer is for this client. Compares the DUID byte for byte, and the IAID of every IA in the answer.
   */
  isFor({ duid, iaid }: Dhcp6Identity): boolean {
    return (
      duid.length === this.#clientEnd - this.#clientAt &&
      hasBytes(this.#datagram, this.#clientAt, duid) &&
      (!this.na.present || this.na.iaid === iaid) &&
      (!this.pd.present || this.pd.iaid === iaid)
    );
  }

  get duid(): Uint8Array {
    return this.#datagram.subarray(this.#clientAt, this.#clientEnd);
  }

  get serverDuid(): Uint8Array {
    return this.#datagram.subarray(this.#serverAt, this.#serverEnd);
  }

  #readMessage(datagram: Uint8Array, start: number, end: number): boolean {
    if (end - start < 4) return false;
    const type = u8(datagram, start);
    if (type !== MESSAGE_TYPE.advertise && type !== MESSAGE_TYPE.reply) return false;
    this.messageType = type;
    this.xid = u24(datagram, start + 1);
    this.rapidCommit = false;
    this.na.present = this.pd.present = false;
    this.#datagram = datagram;
    this.#clientAt = this.#serverAt = 0;
    for (let at = start + 4; at < end;) {
      if (end - at < 4) return false;
      const data = at + 4;
      const next = data + u16(datagram, at + 2);
      if (next > end || !this.#readOption(datagram, u16(datagram, at), data, next)) return false;
      at = next;
    }
    return this.#clientAt !== 0 && this.#serverAt !== 0;
  }

  #readOption(datagram: Uint8Array, code: number, at: number, end: number): boolean {
    switch (code) {
      case OPTION.clientId:
        if (this.#clientAt !== 0 || !isDuidLength(end - at)) return false;
        this.#clientAt = at;
        this.#clientEnd = end;
        return true;
      case OPTION.serverId:
        if (this.#serverAt !== 0 || !isDuidLength(end - at)) return false;
        this.#serverAt = at;
        this.#serverEnd = end;
        return true;
      case OPTION.iaNa:
        return this.na.read(datagram, at, end);
      case OPTION.iaPd:
        return this.pd.read(datagram, at, end);
      case OPTION.rapidCommit:
        this.rapidCommit = true;
        return end === at;
      case OPTION.preference:
        return end - at === 1;
      // The full decoder reads an answer with a status of its own, or with options that do not belong in an answer.
      case OPTION.statusCode:
      case OPTION.optionRequest:
      case OPTION.elapsedTime:
        return false;
      default:
        return true;
    }
  }
}

function isDuidLength(length: number): boolean {
  return length >= SHORTEST_DUID && length <= LONGEST_DUID;
}
