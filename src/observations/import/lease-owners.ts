/** If more than this part of the places is taken, the table doubles: in a fuller table a search takes long. */
const FULLEST = 0.7;
/** A place has three words: the two halves of a lease's hash, then the owner. */
const WORDS = 3;
const OWNER = 2;
const LEAST_PLACES = 1_024;
const NOBODY = 0xffff_ffff;
const SEVERAL = 0xffff_fffe;

/**
 * Remembers the first client of each lease, in an open hash table with 12 bytes for each place. A lease is identified
 * by a hash of 64 bits. Different IPv4 addresses have different hashes. Among a million prefixes, the chance that two
 * have the same hash is one in thirty million. That is good enough for live counts, and for nothing else.
 */
export class LeaseOwners {
  /**
   * For each place the two halves of the hash and the owner, side by side. A look-up mostly goes far from the last
   * one, and so needs one memory access instead of three.
   */
  #places: Uint32Array;
  #taken = 0;
  // Results of `#hash`.
  #lowHash = 0;
  #highHash = 0;

  /** @param expected how many leases are expected; more are possible */
  constructor(expected = 0) {
    this.#places = emptyPlaces(2 ** Math.ceil(Math.log2(Math.max(expected / FULLEST, LEAST_PLACES))));
  }

  /** Notes that a client was given a lease. Returns true the first time that a second client gets the lease. */
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

  /**
   * Mixes the words of the lease into both halves. Each half has its own odd factor, and its own shift or rotation.
   */
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

  /** The index in `#places` where this hash is, or where it would go. */
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
