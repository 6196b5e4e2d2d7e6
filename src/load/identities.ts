/** Everything a client may be known by; which of it is used is the protocol's business. */
export interface ClientIdentity {
  /** Six bytes, locally administered unicast. */
  hardwareAddress: Uint8Array;
  /** DHCPv4 option 61: type 0, "not a hardware address" (RFC 2132 section 9.14), and 12 bytes. */
  clientIdentifier: Uint8Array;
  /** A DUID-UUID (RFC 6355): type 4 and 16 bytes. */
  duid: Uint8Array;
  iaid: number;
}

/**
 * The identity of a client, the same whenever it is asked for: clients of one run never share one, as the client's
 * number stands in each part of it, and those of another seed are others.
 *
 * @param caseIndex 0 to 255
 * @param client 0 to 2^24 - 1
 */
export function identityOf(seed: number, caseIndex: number, client: number): ClientIdentity {
  const hardwareAddress = new Uint8Array(6);
  const hardware = new DataView(hardwareAddress.buffer);
  hardware.setUint16(0, 0x0200 | caseIndex);
  hardware.setUint32(2, (client ^ spread(seed)) >>> 0);

  const unique = new Uint8Array(12);
  const words = new DataView(unique.buffer);
  words.setUint32(0, seed);
  words.setUint32(4, caseIndex);
  words.setUint32(8, client);

  const clientIdentifier = new Uint8Array(13);
  clientIdentifier.set(unique, 1);
  const duid = new Uint8Array(18);
  duid[1] = 4;
  duid.set([0x6b, 0x65, 0x61, 0x2d], 2);
  duid.set(unique, 6);
  return { hardwareAddress, clientIdentifier, duid, iaid: (client ^ seed) >>> 0 };
}

/** What the identities of all clients of a run begin with, whatever their case and number; see `identityOf`. */
export function identityPrefixes(seed: number): { clientIdentifier: Uint8Array; duid: Uint8Array } {
  const { clientIdentifier, duid } = identityOf(seed, 0, 0);
  return { clientIdentifier: clientIdentifier.subarray(0, 5), duid: duid.subarray(0, 10) };
}

/**
 * A one-to-one scrambling of 32 bits (the finalizer of MurmurHash3): by the seed itself the clients of seeds 1 and 2 would
 * have the same hardware addresses in another order.
 */
function spread(seed: number): number {
  let mixed = seed ^ (seed >>> 16);
  mixed = Math.imul(mixed, 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
