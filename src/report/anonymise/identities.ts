import { createHmac } from 'node:crypto';

/**
 * How often a replacement is drawn again if it is already taken. In a space so small that none is free, the last draw
 * is used.
 */
const TRIES = 10_000;

/** Types of client identifiers: Ethernet (RFC 2132 section 9.14) and DUID (RFC 4361). */
const ETHERNET = 0x01;
const WITH_DUID = 0xff;
/** Type 0: the identifier is no hardware address (RFC 2132 section 9.14). */
const OTHER = 0x00;

/** DUID types (RFC 8415 section 11.1). */
const LINK_LAYER_TIME = 1;
const LINK_LAYER = 3;
const DUID_TYPES = [LINK_LAYER_TIME, 2, LINK_LAYER, 4];

/**
 * Replaces identities. A replacement has the same length, and the same type if the type says nothing about its owner.
 * Equal identities stay equal, different ones stay different. A hardware address inside an identifier gets the same
 * replacement as by itself. All identities are hexadecimal, with `:` or `-` between the bytes or without.
 */
export class IdentityMap {
  readonly #key: Uint8Array;
  readonly #known = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #iaids = new Map<number, number>();

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** The replacement is locally administered and unicast, so it is nobody's real address. */
  hardwareAddress(text: string): string {
    return likewise(text, (hex) => this.#hardware(hex));
  }

  clientIdentifier(text: string): string {
    return likewise(text, (hex) => this.#clientIdentifier(hex));
  }

  duid(text: string): string {
    return likewise(text, (hex) => this.#duid(hex));
  }

  /** Replaces an identity of unknown kind, by the kind that its length and first bytes suggest. */
  any(text: string): string {
    return likewise(text, (hex) => {
      if (hex.length === 12) return this.#hardware(hex);
      return isDuid(hex) ? this.#duid(hex) : this.#clientIdentifier(hex);
    });
  }

  /** Replaces a value without structure, such as a digest. */
  opaque(text: string): string {
    return likewise(text, (hex) => this.#other('opaque', hex, (other) => other));
  }

  /** Numbers the IAIDs. An IAID is not kept, as many clients derive it from their hardware address. */
  iaid(iaid: number): number {
    const known = this.#iaids.get(iaid);
    if (known !== undefined) return known;
    const number = this.#iaids.size + 1;
    this.#iaids.set(iaid, number);
    return number;
  }

  #hardware(hex: string): string {
    return this.#other('hardware', hex, (other) => {
      if (hex.length !== 12) return other;
      const first = (parseInt(other.slice(0, 2), 16) & 0xfc) | 0x02;
      return hexByte(first) + other.slice(2);
    });
  }

  #clientIdentifier(hex: string): string {
    const type = parseInt(hex.slice(0, 2), 16);
    const rest = hex.slice(2);
    if (type === ETHERNET && rest.length === 12) return hexByte(type) + this.#hardware(rest);
    if (type === WITH_DUID && isDuid(rest.slice(8)))
      return (
        hexByte(type) + this.#other('iaid', rest.slice(0, 8), (other) => other) + this.#duid(rest.slice(8))
      );
    const isType = rest !== '' && [ETHERNET, WITH_DUID, OTHER].includes(type);
    return this.#other('client', hex, (other) => (isType ? hexByte(type) + other.slice(2) : other));
  }

  #duid(hex: string): string {
    if (!isDuid(hex)) return this.#other('duid', hex, (other) => other);
    const type = parseInt(hex.slice(0, 4), 16);
    const address = hardwareIn(type, hex);
    return this.#other('duid', hex, (other) => {
      if (address === undefined) return hex.slice(0, 4) + other.slice(4);
      const time = type === LINK_LAYER_TIME ? other.slice(8, 16) : '';
      return hex.slice(0, 8) + time + this.#hardware(address);
    });
  }

  /** @param shape gives random digits the form that the replacement must have */
  #other(kind: string, hex: string, shape: (random: string) => string): string {
    if (hex === '') return '';
    const name = `${kind} ${hex}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    let other = '';
    for (let tried = 0; tried < TRIES; tried++) {
      other = shape(this.#random(`${name} ${tried}`, hex.length));
      if (other !== hex && !this.#taken.has(`${kind} ${other}`)) break;
    }
    this.#known.set(name, other);
    this.#taken.add(`${kind} ${other}`);
    return other;
  }

  #random(name: string, digits: number): string {
    let hex = '';
    for (let part = 0; hex.length < digits; part++)
      hex += createHmac('sha256', this.#key).update(`identity ${part} ${name}`).digest('hex');
    return hex.slice(0, digits);
  }
}

export function isHexadecimal(text: string): boolean {
  return (
    /^(?:[0-9a-f]{2})+$/i.test(text) || /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2})*$/i.test(text)
  );
}

function isDuid(hex: string): boolean {
  return hex.length >= 8 && DUID_TYPES.includes(parseInt(hex.slice(0, 4), 16));
}

/** The hardware address in a DUID, if it is an Ethernet address. Addresses of other lengths are not found. */
function hardwareIn(type: number, hex: string): string | undefined {
  const before = { [LINK_LAYER_TIME]: 16, [LINK_LAYER]: 8 }[type];
  return before === undefined || hex.length !== before + 12 ? undefined : hex.slice(before);
}

/** Applies `mapped` to the bare digits of a text, and puts its separators back. */
function likewise(text: string, mapped: (hex: string) => string): string {
  const separator = /[:-]/.exec(text)?.[0] ?? '';
  const hex = mapped(text.replace(/[:-]/g, '').toLowerCase());
  return separator === '' ? hex : (hex.match(/../g) ?? []).join(separator);
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
