import { isUdpSound } from '../encapsulate.js';
import type { Packet } from '../packet.js';
import type { Datagram } from '../udp.js';
import { Cursor } from './cursor.js';
import { ENDS, ipProtocol } from './layer.js';
import { Reassembly, type Incomplete, type Joined } from './reassembly.js';
import { isLinkType, LAYER_BY_NUMBER } from './table.js';

/**
 * This folder finds the UDP datagrams in the frames of a capture, through whatever they are wrapped in. A layer is a
 * file of a few lines (`link/` for what stands before IP, `internet/` for IP itself, `tunnel/` for what IP carries once
 * more) and an entry in `table.ts`; each says by a number what follows, so they nest in any order. The code is our own:
 * a library would bring hundreds of protocols and an object for each header, and Wireshark's tshark, which reads all of
 * this, would be 200 MB that a user has to install and takes some 20 µs a packet, where this takes less than one. A
 * system test holds every layer to what tshark makes of it.
 */

/** Headers in one frame; nobody nests that deep, and damaged ones must come to an end. */
const MOST_LAYERS = 64;
/** Of a datagram that could not be put together; enough to tell whether it is DHCP. */
const START_BYTES = 400;

/** A datagram that could not be put together. */
export interface LostDatagram {
  fragments: number;
  /** When the first of them came. */
  atUs: number;
  /** What its first part shows; undefined where that is not there. */
  start: Datagram | undefined;
}

export interface PacketCounts {
  /** Of a link type that this program does not know, by type. */
  unknownLinks: Map<number, number>;
  /** What can't be looked into, by the words for it. */
  closed: Map<string, number>;
  /** Frames that end, as the capture has them, before their ports. */
  cutBefore: { frames: number; atBytes: number };
  /** Fragments seen a second time. */
  copies: number;
  /** What fragments have become; absent where there were none. */
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

  /** Which way the last packet went, where the capture tells. */
  get direction(): 'out' | 'in' | undefined {
    return this.#cursor.direction;
  }

  /** The datagrams in a packet, valid until the next call; most often one or none. */
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

  /** There are no more packets. */
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

  /** Its first part tells what it is as a datagram that was cut short does. */
  #lose({ first, parts, protocol, family, network, addresses, atUs }: Incomplete): void {
    if (first === undefined) {
      // Tunnels carry little DHCP; what can't be told is not held against the capture.
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
