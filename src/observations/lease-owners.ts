/** Of the places taken before there are twice as many; beyond, a search takes long. */
const FULLEST = 0.7;
const NOBODY = 0xffff_ffff;
const SEVERAL = 0xffff_fffe;

/**
 * Whom each lease was given to first, in an open hash table of 12 bytes a place. A lease is known by 64 bits made of it,
 * all of an IPv4 address; of a million prefixes two are taken for one with a chance of one in thirty million, which is
 * good enough to count along, and for nothing else.
 */
export class LeaseOwners {
  #low = new Uint32Array(1_024);
  #high = new Uint32Array(1_024);
  #owner = new Uint32Array(1_024).fill(NOBODY);
  #taken = 0;
  // What `#hash` leaves.
  #lowHash = 0;
  #highHash = 0;

  /** A lease is given to a client; true where it becomes known by this that several have it. */
  give(lease: Uint8Array, prefixLength: number, client: number): boolean {
    this.#hash(lease, prefixLength);
    const place = this.#find(this.#lowHash, this.#highHash);
    const owner = this.#owner[place];
    if (owner === NOBODY) {
      this.#put(place, this.#lowHash, this.#highHash, client);
      this.#taken++;
      if (this.#taken > FULLEST * this.#owner.length) this.#grow();
      return false;
    }
    if (owner === SEVERAL || owner === client) return false;
    this.#owner[place] = SEVERAL;
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

  /** Where it is, or where it would go. */
  #find(low: number, high: number): number {
    const mask = this.#owner.length - 1;
    for (let place = (low ^ high) & mask; ; place = (place + 1) & mask) {
      if (this.#owner[place] === NOBODY) return place;
      if (this.#low[place] === low && this.#high[place] === high) return place;
    }
  }

  #put(place: number, low: number, high: number, owner: number): void {
    this.#low[place] = low;
    this.#high[place] = high;
    this.#owner[place] = owner;
  }

  #grow(): void {
    const [low, high, owner] = [this.#low, this.#high, this.#owner];
    const places = 2 * owner.length;
    this.#low = new Uint32Array(places);
    this.#high = new Uint32Array(places);
    this.#owner = new Uint32Array(places).fill(NOBODY);
    for (let place = 0; place < owner.length; place++) {
      if (owner[place] === NOBODY) continue;
      const [one, other] = [low[place] ?? 0, high[place] ?? 0];
      this.#put(this.#find(one, other), one, other, owner[place] ?? NOBODY);
    }
  }
}
