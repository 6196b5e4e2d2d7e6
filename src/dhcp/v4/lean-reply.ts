import { hasBytes, u32, u8 } from '../big-endian.js';
import type { AcceptedOffer, Dhcp4Identity } from './client-messages.js';
import { OP, OPTIONS_OFFSET } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import { OPTION } from './options/code.js';
import type { Dhcp4ReplyType } from './reply.js';

const HARDWARE_ADDRESS_OFFSET = 28;
const YIADDR_OFFSET = 16;
const MAGIC_COOKIE = 0x6382_5363;

/**
 * Reads one answer after another in place: the same facts as `readReply` gives, without decoding the rest. It reads
 * only plain answers: each option appears once, all options are in the options field, and the hardware address has
 * six bytes as in Ethernet. It leaves any other datagram to the full decoder.
 */
export class LeanReply implements AcceptedOffer {
  messageType: Dhcp4ReplyType = MESSAGE_TYPE.offer;
  xid = 0;
  /** In seconds; 0 where the answer has no lease time. */
  leaseTime = 0;
  /** T1 and T2, in seconds; 0 where the answer has none. */
  renewalTime = 0;
  rebindingTime = 0;
  readonly yiaddr = new Uint8Array(4);
  readonly serverIdentifier = new Uint8Array(4);
  #datagram: Uint8Array = new Uint8Array(0);
  #identifierAt = 0;
  #identifierLength = -1;

  /** Reads an answer. False where only the full decoder can read it; the fields then have no meaning. */
  read(datagram: Uint8Array): boolean {
    if (
      datagram.length <= OPTIONS_OFFSET ||
      u8(datagram, 0) !== OP.bootReply ||
      u8(datagram, 2) !== 6 ||
      u32(datagram, OPTIONS_OFFSET - 4) !== MAGIC_COOKIE
    )
      return false;
    this.#datagram = datagram;
    this.xid = u32(datagram, 4);
    for (let index = 0; index < 4; index++) this.yiaddr[index] = u8(datagram, YIADDR_OFFSET + index);
    return this.#readOptions(datagram);
  }

  /**
   * Whether the answer is for this client. Compares byte for byte: the hardware address, and the client identifier
   * where the server sent one (RFC 6842 section 3).
   */
  isFor({ hardwareAddress, clientIdentifier }: Dhcp4Identity): boolean {
    if (hardwareAddress.length !== 6 || !hasBytes(this.#datagram, HARDWARE_ADDRESS_OFFSET, hardwareAddress))
      return false;
    if (this.#identifierLength === -1) return true;
    return (
      clientIdentifier?.length === this.#identifierLength &&
      hasBytes(this.#datagram, this.#identifierAt, clientIdentifier)
    );
  }

  get hardwareAddress(): Uint8Array {
    return this.#datagram.subarray(HARDWARE_ADDRESS_OFFSET, HARDWARE_ADDRESS_OFFSET + 6);
  }

  get clientIdentifier(): Uint8Array | undefined {
    return this.#identifierLength === -1
      ? undefined
      : this.#datagram.subarray(this.#identifierAt, this.#identifierAt + this.#identifierLength);
  }

  #readOptions(datagram: Uint8Array): boolean {
    const end = datagram.length;
    let type = 0;
    let serverAt = 0;
    let timeAt = 0;
    this.#identifierLength = -1;
    this.renewalTime = 0;
    this.rebindingTime = 0;
    for (let at = OPTIONS_OFFSET; at < end;) {
      const code = u8(datagram, at);
      if (code === OPTION.end) return this.#finish(type, serverAt, timeAt);
      if (code === OPTION.pad) {
        at++;
        continue;
      }
      const length = u8(datagram, at + 1);
      const value = at + 2;
      if (value + length > end) return false;
      switch (code) {
        case OPTION.messageType:
          if (type !== 0 || length !== 1) return false;
          type = u8(datagram, value);
          break;
        case OPTION.serverIdentifier:
          if (serverAt !== 0 || length !== 4) return false;
          serverAt = value;
          break;
        case OPTION.leaseTime:
          if (timeAt !== 0 || length !== 4) return false;
          timeAt = value;
          break;
        case OPTION.renewalTime:
          if (this.renewalTime !== 0 || length !== 4) return false;
          this.renewalTime = u32(datagram, value);
          break;
        case OPTION.rebindingTime:
          if (this.rebindingTime !== 0 || length !== 4) return false;
          this.rebindingTime = u32(datagram, value);
          break;
        case OPTION.clientIdentifier:
          if (this.#identifierLength !== -1) return false;
          this.#identifierAt = value;
          this.#identifierLength = length;
          break;
        case OPTION.overload:
          return false;
      }
      at = value + length;
    }
    return false;
  }

  #finish(type: number, serverAt: number, timeAt: number): boolean {
    if (type !== MESSAGE_TYPE.offer && type !== MESSAGE_TYPE.ack && type !== MESSAGE_TYPE.nak) return false;
    if (serverAt === 0) return false;
    if (timeAt === 0 && type !== MESSAGE_TYPE.nak) return false;
    this.messageType = type;
    this.leaseTime = timeAt === 0 ? 0 : u32(this.#datagram, timeAt);
    for (let index = 0; index < 4; index++) {
      this.serverIdentifier[index] = u8(this.#datagram, serverAt + index);
    }
    return true;
  }
}
