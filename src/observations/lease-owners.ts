/** Of the places taken before there are twice as many; beyond, a search takes long. */
const FULLEST = 0.7;
/** Words a place, and which of them is the owner. */
const WORDS = 3;
const OWNER = 2;
const NOBODY = 0xffff_ffff;
const SEVERAL = 0xffff_fffe;

/**
 * Whom each lease was given to first, in an open hash table of 12 bytes a place. A lease is known by 64 bits made of it,
 * all of an IPv4 address; of a million prefixes two are taken for one with a chance of one in thirty million, which is
 * good enough to count along, and for nothing else.
 */
export class LeaseOwners {
  /** Two halves and an owner for each place, side by side, as a place is mostly far from the last one looked at. */
  #places = emptyPlaces(1_024);
  #taken = 0;
  // What `#hash` leaves.
  #lowHash = 0;
  #highHash = 0;

  /** A lease is given to a client; true where it becomes known by this that several have it. */
  give(lease: Uint8Array, prefixLength: number, client: number): boolean {
    this.#hash(lease, prefixLength);
    const place = this.#find(this.#lowHash, this.#highHash);
    const owner = this.#places[place + OWNER];
    if (owner === NOBODY) {
      this.#put(place, this.#lowHash, this.#highHash, client);
      this.#taken++;
      if (this.#taken > (FULLEST * this.#places.length) / WORDS) this.#grow();
      return false;
    }
    if (owner === SEVERAL || owner === client) return false;
    this.#places[place + OWNER] = SEVERAL;
    return true;
  }

  /** Mixes by an odd factor and a rotation, otherwise for each half. */
  #hash(lease: Uint8Array, prefixLength: number): void {
    this.#lowHash = 0;
    this.#highHash = 0;
    for (let at = 0; at + 4 <= lease.length; at += 4) {
      this.#mix(
        ((lease[at] ?? 0) << 24) |
          ((lease[at + 1] ?? 0) << 16) |
          ((lease[at + 2] ?? 0) << 8) |
          (lease[at + 3] ?? 0),
      );
    }
    this.#mix(prefixLength);
    this.#lowHash >>>= 0;
    this.#highHash >>>= 0;
  }

  #mix(word: number): void {
    const low = Math.imul(this.#lowHash ^ word, 0x85eb_ca6b);
    this.#lowHash = low ^ (low >>> 15);
    const high = Math.imul(this.#highHash + word, 0xc2b2_ae35);
    this.#highHash = (high << 13) | (high >>> 19);
  }

  /** Where in `#places` it is, or would go. */
  #find(low: number, high: number): number {
    const places = this.#places;
    const mask = places.length / WORDS - 1;
    for (let place = (low ^ high) & mask; ; place = (place + 1) & mask) {
      const at = WORDS * place;
      if (places[at + OWNER] === NOBODY) return at;
      if (places[at] === low && places[at + 1] === high) return at;
    }
  }

  #put(at: number, low: number, high: number, owner: number): void {
    this.#places[at] = low;
    this.#places[at + 1] = high;
    this.#places[at + OWNER] = owner;
  }

  #grow(): void {
    const before = this.#places;
    this.#places = emptyPlaces((2 * before.length) / WORDS);
    for (let at = 0; at < before.length; at += WORDS) {
      const owner = before[at + OWNER] ?? NOBODY;
      if (owner === NOBODY) continue;
      const [low, high] = [before[at] ?? 0, before[at + 1] ?? 0];
      this.#put(this.#find(low, high), low, high, owner);
    }
  }
}

/** @param count a power of two */
function emptyPlaces(count: number): Uint32Array {
  return new Uint32Array(WORDS * count).fill(NOBODY);
}
