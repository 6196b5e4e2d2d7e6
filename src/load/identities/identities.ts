import type { SentOptions } from '../../dhcp/sent-options.js';
import { putU16, putU32 } from '../../dhcp/big-endian.js';

/** All identifiers of a client. The protocol decides which of them it uses. */
export interface ClientIdentity {
  hardwareAddress: Uint8Array;
  /** DHCPv4 option 61; undefined for a client that sends none. */
  clientIdentifier?: Uint8Array | undefined;
  duid: Uint8Array;
  iaid: number;
  /** What the client's messages carry besides; absent for nothing. */
  sent?: SentOptions;
  /** Identities of one shape have parts of the same lengths, and send the same options; 0 by default. */
  shape?: number;
}

/** Where the identities of the clients of a case come from. */
export interface IdentitySource {
  /**
   * The identity of a client. It is the same whenever it is asked for, and the object is valid until another client is asked
   * for.
   *
   * @param client 0 to 2^32 - 1
   */
  of(client: number): ClientIdentity;
}

/** An identity that the seed decides. */
export interface GeneratedIdentity extends ClientIdentity {
  /** Six bytes, locally administered unicast. */
  hardwareAddress: Uint8Array;
  /** Type 0, "not a hardware address" (RFC 2132 section 9.14), and 12 bytes. */
  clientIdentifier: Uint8Array;
  /** A DUID-UUID (RFC 6355): type 4 and 16 bytes. */
  duid: Uint8Array;
}

/** How the seed decides the identities of a run. */
export interface GeneratedBy {
  /** What the messages of each client carry besides. */
  options?: { of(client: number): SentOptions } | undefined;
  /** How many clients in a row are one machine, and have one hardware address; 1 by default. */
  perMachine?: number | undefined;
}

/**
 * The identities of the clients of one case. Each part of an identity contains the client's number, so no two clients of a
 * case have a part in common, but for the hardware address of a machine that boots with several identities. All parts but
 * the IAID also differ from those of other cases, and from those of other seeds.
 */
export class Identities implements IdentitySource {
  readonly #seed: number;
  readonly #spread: number;
  readonly #identity: GeneratedIdentity;
  readonly #options: GeneratedBy['options'];
  readonly #perMachine: number;

  /** @param caseIndex 0 to 255 */
  constructor(seed: number, caseIndex: number, { options, perMachine = 1 }: GeneratedBy = {}) {
    this.#perMachine = perMachine;
    this.#seed = seed;
    this.#spread = spread(seed);
    const hardwareAddress = new Uint8Array(6);
    putU16(hardwareAddress, 0, 0x0200 | caseIndex);
    const clientIdentifier = new Uint8Array(13);
    putU32(clientIdentifier, 1, seed);
    putU32(clientIdentifier, 5, caseIndex);
    const duid = new Uint8Array(18);
    duid.set([0, 4, 0x6b, 0x65, 0x61, 0x2d]);
    putU32(duid, 6, seed);
    putU32(duid, 10, caseIndex);
    this.#identity = { hardwareAddress, clientIdentifier, duid, iaid: 0 };
    this.#options = options;
  }

  of(client: number): GeneratedIdentity {
    const identity = this.#identity;
    const machine = this.#perMachine === 1 ? client : Math.floor(client / this.#perMachine);
    putU32(identity.hardwareAddress, 2, machine ^ this.#spread);
    putU32(identity.clientIdentifier, 9, client);
    putU32(identity.duid, 14, client);
    identity.iaid = (client ^ this.#seed) >>> 0;
    if (this.#options !== undefined) identity.sent = this.#options.of(client);
    return identity;
  }
}

/** The identity of one client, in an object of its own. */
export function identityOf(seed: number, caseIndex: number, client: number): GeneratedIdentity {
  return new Identities(seed, caseIndex).of(client);
}

/** The number of the client with this hardware address, the inverse of {@link identityOf}; NaN for another length. */
export function clientOfHardwareAddress(seed: number, hardwareAddress: string): number {
  const last = hardwareAddress.length === 12 ? parseInt(hardwareAddress.slice(4), 16) : NaN;
  return Number.isNaN(last) ? NaN : (last ^ spread(seed)) >>> 0;
}

/** The first bytes of the client identifiers and DUIDs that a run uses, or one case of it; see `identityOf`. */
export function identityPrefixes(
  seed: number,
  caseIndex?: number,
): { clientIdentifier: Uint8Array; duid: Uint8Array } {
  const { clientIdentifier, duid } = identityOf(seed, caseIndex ?? 0, 0);
  const words = caseIndex === undefined ? 1 : 2;
  return {
    clientIdentifier: clientIdentifier.subarray(0, 1 + 4 * words),
    duid: duid.subarray(0, 6 + 4 * words),
  };
}

/**
 * Scrambles 32 bits one-to-one (the finalizer of MurmurHash3). With the plain seed instead, the clients of seeds 1
 * and 2 would have the same hardware addresses in another order.
 */
function spread(seed: number): number {
  let mixed = seed ^ (seed >>> 16);
  mixed = Math.imul(mixed, 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
