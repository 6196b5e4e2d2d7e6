import { isUdpSound } from '../encapsulate.js';
import type { Packet } from '../packet.js';
import type { Datagram } from '../udp.js';
import { Cursor } from './cursor.js';
import { ENDS, ipProtocol } from './layer.js';
import { Reassembly, type Incomplete, type Joined } from './reassembly.js';
import { isLinkType, LAYER_BY_NUMBER } from './table.js';

/**
 * This folder finds the UDP datagrams in the frames of a capture, through whatever they are wrapped in. A layer is a
 * file of a few lines and an entry in `table.ts`. `link/` has what stands before IP, `internet/` has IP itself, and
 * `tunnel/` has what IP carries once more. Each layer says by a number what follows, so layers nest in any order.
 *
 * The code is our own. A library would bring hundreds of protocols and an object for each header. Wireshark's tshark
 * reads all of this, but it is 200 MB that a user has to install, and takes some 20 µs for a packet. This code takes
 * less than one. A system test compares every layer with tshark.
 */

/** The most headers in one frame. Nobody nests that deep, and reading a damaged frame must end. */
const MOST_LAYERS = 64;
/** The bytes that are kept of a datagram that could not be put together; enough to tell whether it is DHCP. */
const START_BYTES = 400;

/** A datagram that could not be put together. */
export interface LostDatagram {
  fragments: number;
  /** When the first of its fragments came. */
  atUs: number;
  /** What its first fragment shows; undefined if that is missing. */
  start: Datagram | undefined;
}

export interface PacketCounts {
  /** Packets of link types that this program does not know, by type. */
  unknownLinks: Map<number, number>;
  /** Frames that can't be looked into, by words that say why, such as `encrypted (ESP)`. */
  closed: Map<string, number>;
  /** Frames that the capture cut before their ports, and the most bytes that it has of one of them. */
  cutBefore: { frames: number; atBytes: number };
  /** Fragments that were captured a second time. */
  copies: number;
  /** How many fragments were put together, and to how many datagrams; absent if none were. */
  joined?: Joined;
}

const UDP = 17;

export class PacketReader {
  readonly #counts: PacketCounts;
  readonly #onLost: (lost: LostDatagram) => void;
  readonly #reassembly = new Reassembly(
    (protocol, whole, addressBytes) => protocol !== UDP || isUdpSound(whole, addressBytes),
  );
  readonly #cursor = new Cursor(this.#reassembly, (follows) => LAYER_BY_NUMBER.has(follows));

  /** @param counts is filled on the way */
  constructor(counts: PacketCounts, onLost: (lost: LostDatagram) => void) {
    this.#counts = counts;
    this.#onLost = onLost;
  }

  /** Which way the last packet went; undefined if the capture does not tell it. */
  get direction(): 'out' | 'in' | undefined {
    return this.#cursor.direction;
  }

  /** The datagrams in a packet; most often one or none. They are valid until the next call. */
  read({ bytes, linkType, originalLength, atUs }: Packet): readonly Datagram[] {
    const cursor = this.#cursor;
    cursor.start(bytes, 0, bytes.length, atUs);
    const end = this.#walk(linkType);
    if (end === ENDS.short && originalLength > bytes.length && cursor.found.length === 0) {
      const { cutBefore } = this.#counts;
      cutBefore.frames++;
      cutBefore.atBytes = Math.max(cutBefore.atBytes, bytes.length);
    }
    if (cursor.closed !== undefined) count(this.#counts.closed, cursor.closed);
    if (cursor.copies > 0) {
      this.#counts.copies += cursor.copies;
      cursor.copies = 0;
    }
    const { joined } = this.#reassembly;
    if (joined.datagrams > 0) this.#counts.joined = joined;
    const givenUp = this.#reassembly.givenUp();
    if (givenUp.length === 0) return cursor.found;
    const found = [...cursor.found];
    for (const one of givenUp) this.#lose(one);
    return found;
  }

  /** Ends the capture. Reports the fragments that could not be put together. */
  end(): void {
    this.#reassembly.end();
    for (const one of this.#reassembly.givenUp()) this.#lose(one);
  }

  #walk(linkType: number): number {
    let end = this.#follow(linkType);
    for (let branch = this.#cursor.takeBranch(); branch !== undefined; branch = this.#cursor.takeBranch())
      end = Math.min(end, this.#follow(branch));
    return end;
  }

  #follow(first: number): number {
    let follows = first;
    for (let depth = 0; depth < MOST_LAYERS && follows >= 0; depth++) {
      const layer = LAYER_BY_NUMBER.get(follows);
      if (layer === undefined) {
        if (isLinkType(follows)) count(this.#counts.unknownLinks, follows);
        return ENDS.done;
      }
      follows = layer.read(this.#cursor);
    }
    return follows;
  }

  /** Reports a packet that could not be put together. Its first fragment is read as a datagram that was cut short. */
  #lose({ first, parts, protocol, family, network, addresses, atUs }: Incomplete): void {
    if (first === undefined) {
      // Only UDP is reported. Tunnels carry little DHCP, so their fragments are not held against the capture.
      if (protocol === UDP) this.#onLost({ fragments: parts, atUs, start: undefined });
      return;
    }
    const cursor = this.#cursor;
    cursor.start(first, addresses.length, 0, atUs);
    Object.assign(cursor, { family, network, addresses: first, addressesAt: 0, ipEnd: Infinity });
    this.#follow(ipProtocol(protocol));
    for (const found of cursor.found) {
      const payload = Buffer.from(found.payload.subarray(0, START_BYTES));
      this.#onLost({ fragments: parts, atUs, start: { ...found, payload } });
    }
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
