/** A fragment of an IP packet. */
export interface Part {
  /** The same for all fragments of a packet. */
  id: string;
  atUs: number;
  /** The protocol number of what the packet carries. */
  protocol: number;
  family: 4 | 6;
  network: string;
  /** Source and destination, one behind the other. */
  addresses: Buffer;
  offset: number;
  isLast: boolean;
  bytes: Buffer;
  /** Whether the capture cut the fragment short. */
  cut: boolean;
}

/** A packet whose fragments are not all there. */
export interface Incomplete extends Omit<Part, 'id' | 'offset' | 'isLast' | 'bytes' | 'cut'> {
  /** How many fragments are there. */
  parts: number;
  /** The addresses and the first fragment's content; undefined if the first fragment is missing. */
  first: Buffer | undefined;
}

/** How many fragments were put together, and to how many packets. */
export interface Joined {
  fragments: number;
  datagrams: number;
}

interface Pending extends Omit<Incomplete, 'parts' | 'first'> {
  /** In order, none overlaps another. */
  pieces: { offset: number; bytes: Buffer }[];
  held: number;
  total: number;
  /**
   * An earlier packet with this id was given up because of a contradiction. Its fragments may be mixed up with this
   * packet's.
   */
  contested: boolean;
}

/** RFC 791 section 3.2 and RFC 8200 section 4.5 say 15 and 60 s; Linux waits for 30. */
const WAITED_US = 30_000_000;
const MOST_PENDING = 1_024;
const MOST_BYTES = 16 << 20;
/** A packet of 64 KiB in fragments of the smallest link has some 120. */
const MOST_PIECES = 256;
const LONGEST = 65_535;
/** How long copies of the fragments of a complete packet are recognised, and for how many packets. */
const COPIED_US = 50_000;
const MOST_DONE = 64;

/**
 * Puts fragments of IP packets together (RFC 791 section 3.2, RFC 8200 section 4.5), in bounded memory. A packet that
 * waits too long is given up, and so is the oldest of too many.
 *
 * A fragment that contradicts what is there begins a new packet, and the older one is given up (RFC 5722 asks for
 * that). The new packet must agree with its checksum, because some of its fragments may belong to the older one.
 * Other packets need not agree with theirs, because captures that were made anonymous have wrong checksums.
 */
export class Reassembly {
  readonly joined: Joined = { fragments: 0, datagrams: 0 };
  readonly #pending = new Map<string, Pending>();
  readonly #done = new Map<string, { atUs: number; bytes: Buffer }>();
  readonly #isWhole: (protocol: number, whole: Buffer, addressBytes: number) => boolean;
  #bytes = 0;
  #givenUp: Incomplete[] = [];

  /** @param isWhole whether what was put together agrees with its checksum */
  constructor(isWhole: (protocol: number, whole: Buffer, addressBytes: number) => boolean) {
    this.#isWhole = isWhole;
  }

  /**
   * Takes a fragment. Returns the addresses and the packet's content once the packet is complete, and `copy` for a
   * fragment that was there before.
   */
  add(part: Part): Buffer | 'copy' | undefined {
    this.#giveUpOlderThan(part.atUs - WAITED_US);
    let pending = this.#pending.get(part.id);
    if (pending === undefined && this.#isOfDone(part)) return 'copy';
    if (!isSound(part)) {
      if (pending !== undefined) this.#giveUp(part.id, pending);
      this.#givenUp.push(
        incompleteOf({ ...begun(part), pieces: [{ offset: part.offset, bytes: part.bytes }] }),
      );
      return undefined;
    }
    let contested = false;
    if (pending !== undefined) {
      const fits = fitOf(part, pending);
      if (fits === 'copy') return 'copy';
      if (fits === 'contradicts' || pending.pieces.length === MOST_PIECES) {
        this.#giveUp(part.id, pending);
        pending = undefined;
        contested = true;
      }
    }
    if (pending === undefined) {
      pending = { ...begun(part), contested };
      this.#pending.set(part.id, pending);
    }
    this.#take(part, pending);
    if (pending.held === pending.total) return this.#whole(part, pending);
    while (this.#pending.size > MOST_PENDING || this.#bytes > MOST_BYTES) {
      const [[id, oldest] = []] = this.#pending;
      if (id === undefined || oldest === undefined) break;
      this.#giveUp(id, oldest);
    }
    return undefined;
  }

  /** The packets that were given up since the last call. */
  givenUp(): readonly Incomplete[] {
    if (this.#givenUp.length === 0) return this.#givenUp;
    const given = this.#givenUp;
    this.#givenUp = [];
    return given;
  }

  /** Gives up all packets that are still incomplete. */
  end(): void {
    for (const [id, pending] of this.#pending) this.#giveUp(id, pending);
  }

  #take({ offset, bytes, isLast }: Part, pending: Pending): void {
    const own = Buffer.from(bytes);
    const after = pending.pieces.findIndex((piece) => piece.offset > offset);
    pending.pieces.splice(after < 0 ? pending.pieces.length : after, 0, { offset, bytes: own });
    pending.held += own.length;
    this.#bytes += own.length;
    if (isLast) pending.total = offset + own.length;
  }

  #whole({ id, atUs }: Part, pending: Pending): Buffer | undefined {
    const bytes = Buffer.concat([pending.addresses, ...pending.pieces.map((piece) => piece.bytes)]);
    if (pending.contested && !this.#isWhole(pending.protocol, bytes, pending.addresses.length)) {
      this.#giveUp(id, pending);
      return undefined;
    }
    this.#forget(id, pending);
    this.joined.fragments += pending.pieces.length;
    this.joined.datagrams++;
    this.#done.delete(id);
    this.#done.set(id, { atUs, bytes });
    if (this.#done.size > MOST_DONE) {
      const [oldest = ''] = this.#done.keys();
      this.#done.delete(oldest);
    }
    return bytes;
  }

  #isOfDone({ id, atUs, addresses, offset, bytes }: Part): boolean {
    const done = this.#done.get(id);
    if (done === undefined || Math.abs(atUs - done.atUs) > COPIED_US) return false;
    const at = addresses.length + offset;
    return done.bytes.subarray(at, at + bytes.length).equals(bytes);
  }

  #giveUpOlderThan(atUs: number): void {
    for (const [id, pending] of this.#pending) {
      if (pending.atUs >= atUs) return;
      this.#giveUp(id, pending);
    }
  }

  #giveUp(id: string, pending: Pending): void {
    this.#forget(id, pending);
    this.#givenUp.push(incompleteOf(pending));
  }

  #forget(id: string, pending: Pending): void {
    this.#pending.delete(id);
    this.#bytes -= pending.held;
  }
}

function begun({ atUs, protocol, family, network, addresses }: Part): Pending {
  const own = Buffer.from(addresses);
  return {
    atUs,
    protocol,
    family,
    network,
    addresses: own,
    pieces: [],
    held: 0,
    total: Infinity,
    contested: false,
  };
}

function incompleteOf({
  atUs,
  protocol,
  family,
  network,
  addresses,
  pieces,
}: Omit<Pending, 'held' | 'total' | 'contested'>) {
  const [first] = pieces;
  const start = first?.offset === 0 ? Buffer.concat([addresses, first.bytes]) : undefined;
  return { atUs, protocol, family, network, addresses, parts: pieces.length, first: start };
}

/** Whether a fragment can be used. The last one may have any length, all others a multiple of 8 bytes. */
function isSound({ offset, bytes, isLast, cut }: Part): boolean {
  return !cut && bytes.length > 0 && (isLast || bytes.length % 8 === 0) && offset + bytes.length <= LONGEST;
}

function fitOf({ offset, bytes, isLast }: Part, { pieces, total }: Pending): 'fits' | 'copy' | 'contradicts' {
  const end = offset + bytes.length;
  for (const piece of pieces) {
    const pieceEnd = piece.offset + piece.bytes.length;
    if (end <= piece.offset || offset >= pieceEnd) continue;
    const isSame = piece.offset === offset && piece.bytes.equals(bytes);
    return isSame && isLast === (total === pieceEnd) ? 'copy' : 'contradicts';
  }
  const last = pieces.at(-1);
  const lastEnd = last === undefined ? 0 : last.offset + last.bytes.length;
  if (isLast) return total !== Infinity || end < lastEnd ? 'contradicts' : 'fits';
  return end > total ? 'contradicts' : 'fits';
}
