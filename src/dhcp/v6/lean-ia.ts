import { u16, u32, u8 } from '../big-endian.js';
import { OPTION } from './options/code.js';
import { STATUS } from './options/status-code.js';
import { MAX_PREFIX_LENGTH } from './prefix.js';
import type { AssociationKind } from '../../protocol/cases.js';

/** The bytes before the options of an IA address (RFC 8415 section 21.6) and of an IA prefix (section 21.22). */
const ADDRESS_BYTES = 24;
const PREFIX_BYTES = 25;

/** An IA of an answer, read in place. It has one lease that the client may use, or is refused with a status. */
export class LeanIa {
  readonly kind: AssociationKind;
  present = false;
  iaid = 0;
  /** The status that refuses the lease; 0 where there is a lease. */
  statusCode = 0;
  /** 16 bytes: an address, or a prefix with no bit set beyond its length. */
  readonly prefix = new Uint8Array(16);
  /** 128 for an address; 0 where there is no lease. */
  prefixLength = 0;
  /** In seconds; 0 where there is no lease. */
  validLifetime = 0;
  preferredLifetime = 0;
  /** In seconds; 0 leaves them to the client. */
  t1 = 0;
  t2 = 0;

  constructor(kind: AssociationKind) {
    this.kind = kind;
  }

  /** Reads the data of an IA option from the datagram. False where only the full decoder can read it. */
  read(datagram: Uint8Array, at: number, end: number): boolean {
    if (this.present || end - at < 12) return false;
    this.present = true;
    this.iaid = u32(datagram, at);
    this.t1 = u32(datagram, at + 4);
    this.t2 = u32(datagram, at + 8);
    // RFC 8415 sections 21.4 and 21.21: a client discards such an IA.
    if (this.t2 > 0 && this.t1 > this.t2) return false;
    this.prefixLength = 0;
    this.validLifetime = 0;
    return this.#readOptions(datagram, at + 12, end);
  }

  #readOptions(datagram: Uint8Array, start: number, end: number): boolean {
    let status = -1;
    for (let at = start; at < end;) {
      if (end - at < 4) return false;
      const code = u16(datagram, at);
      const data = at + 4;
      const next = data + u16(datagram, at + 2);
      if (next > end) return false;
      if (code === OPTION.iaAddress || code === OPTION.iaPrefix) {
        if (this.validLifetime !== 0 || !this.#readLease(datagram, code, data, next)) return false;
      } else if (code === OPTION.statusCode) {
        if (status !== -1 || next - data < 2) return false;
        status = u16(datagram, data);
      }
      at = next;
    }
    this.statusCode = Math.max(status, STATUS.success);
    return this.validLifetime !== 0 ? this.statusCode === STATUS.success : this.statusCode !== STATUS.success;
  }

  #readLease(datagram: Uint8Array, code: number, at: number, end: number): boolean {
    const isAddress = this.kind === 'na';
    // A lease with options inside it, such as a status of its own, is rare. The full decoder reads it.
    if (code !== (isAddress ? OPTION.iaAddress : OPTION.iaPrefix)) return false;
    if (end - at !== (isAddress ? ADDRESS_BYTES : PREFIX_BYTES)) return false;
    const lifetimesAt = isAddress ? at + 16 : at;
    const prefixAt = isAddress ? at : at + 9;
    this.preferredLifetime = u32(datagram, lifetimesAt);
    this.validLifetime = u32(datagram, lifetimesAt + 4);
    this.prefixLength = isAddress ? MAX_PREFIX_LENGTH : u8(datagram, at + 8);
    for (let index = 0; index < 16; index++) this.prefix[index] = u8(datagram, prefixAt + index);
    return (
      this.validLifetime !== 0 &&
      this.preferredLifetime <= this.validLifetime &&
      this.prefixLength <= MAX_PREFIX_LENGTH &&
      this.#endsWithItsLength()
    );
  }

  /** Whether no bit beyond the prefix length is set. */
  #endsWithItsLength(): boolean {
    const whole = this.prefixLength >>> 3;
    const rest = this.prefixLength & 7;
    if (rest !== 0 && (u8(this.prefix, whole) & (0xff >>> rest)) !== 0) return false;
    for (let index = rest === 0 ? whole : whole + 1; index < 16; index++) {
      if (this.prefix[index] !== 0) return false;
    }
    return true;
  }
}
