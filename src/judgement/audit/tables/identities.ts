import type { Identity, LeaseRow } from '../../../results/audit.js';
import { clientOfHardwareAddress, identityOf } from '../../../load/exchanges/identities.js';

/** The clients of one case, by the identities that lease rows contain. */
export class Identities {
  readonly #seed: number;
  readonly #caseIndex: number;
  readonly #clients: number;
  readonly #isV4: boolean;
  readonly #matchClientId: boolean;

  /** @param run `matchClientId` is false where servers know DHCPv4 clients by their hardware addresses alone */
  constructor(run: {
    seed: number;
    caseIndex: number;
    clients: number;
    isV4: boolean;
    matchClientId: boolean;
  }) {
    this.#seed = run.seed;
    this.#caseIndex = run.caseIndex;
    this.#clients = run.clients;
    this.#isV4 = run.isV4;
    this.#matchClientId = run.matchClientId;
  }

  of(client: number): Identity {
    const { clientIdentifier, hardwareAddress, duid, iaid } = identityOf(this.#seed, this.#caseIndex, client);
    return this.#isV4
      ? {
          clientIdentifier: this.#matchClientId ? hex(clientIdentifier) : '',
          hardwareAddress: hex(hardwareAddress),
        }
      : { duid: hex(duid), iaid };
  }

  /** The client whose identity the row has in every part, or -1. */
  clientOf(row: LeaseRow): number {
    const client = this.#numberIn(row);
    if (!(client < this.#clients)) return -1;
    const identity = this.of(client);
    const isSame =
      'duid' in identity
        ? row.duid === identity.duid && row.iaid === identity.iaid
        : (row.clientIdentifier ?? '') === identity.clientIdentifier &&
          row.hardwareAddress === identity.hardwareAddress;
    return isSame ? client : -1;
  }

  #numberIn({ clientIdentifier, hardwareAddress, duid }: LeaseRow): number {
    if (this.#isV4 && !this.#matchClientId) return clientOfHardwareAddress(this.#seed, hardwareAddress ?? '');
    // Client identifiers and DUIDs end in the number of the client; see `identityOf`.
    return parseInt((this.#isV4 ? clientIdentifier : duid)?.slice(-8) ?? '', 16);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
