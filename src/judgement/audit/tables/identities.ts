import type { CaseLayout } from '../../../observations/observation.js';
import { familyOfPhases } from '../../../protocol/phases.js';
import type { Identity, LeaseRow } from '../../../results/audit.js';
import { clientOfHardwareAddress, type IdentitySource } from '../../../load/identities/identities.js';
import { identitiesOf } from '../../../load/identities/identities-of-run.js';
import type { WhoseRows } from '../input.js';

/** The clients of one case, by the identities that lease rows contain. */
export class Identities {
  readonly #whose: WhoseRows;
  readonly #source: IdentitySource;
  readonly #clients: number;
  readonly #isV4: boolean;
  /** Of clients that a list names, by what a server knows them by. */
  readonly #listed: ReadonlyMap<string, number> | undefined;

  constructor(
    whose: WhoseRows,
    { clients, phases }: Pick<CaseLayout, 'clients' | 'phases'>,
    caseIndex: number,
  ) {
    const family = familyOfPhases(phases);
    this.#whose = whose;
    this.#source = identitiesOf(whose, caseIndex, family);
    this.#clients = clients;
    this.#isV4 = family === 4;
    this.#listed =
      whose.listed === undefined
        ? undefined
        : new Map(Array.from({ length: clients }, (_, client) => [keyOf(this.of(client)), client]));
  }

  of(client: number): Identity {
    const { clientIdentifier, hardwareAddress, duid, iaid } = this.#source.of(client);
    return this.#isV4
      ? {
          clientIdentifier:
            clientIdentifier === undefined || !this.#knowsByIdentifier ? '' : hex(clientIdentifier),
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

  /** Whether servers know DHCPv4 clients by their client identifiers, and not by their hardware addresses alone. */
  get #knowsByIdentifier(): boolean {
    return this.#whose.matchClientId ?? true;
  }

  #numberIn({ clientIdentifier, hardwareAddress, duid, iaid }: LeaseRow): number {
    if (this.#listed !== undefined) {
      const identity = this.#isV4
        ? { clientIdentifier: clientIdentifier ?? '', hardwareAddress: hardwareAddress ?? '' }
        : { duid: duid ?? '', iaid: iaid ?? 0 };
      return this.#listed.get(keyOf(identity)) ?? NaN;
    }
    if (this.#isV4 && !this.#knowsByIdentifier)
      return clientOfHardwareAddress(this.#whose.seed, hardwareAddress ?? '');
    // Client identifiers and DUIDs end in the number of the client; see `identityOf`.
    return parseInt((this.#isV4 ? clientIdentifier : duid)?.slice(-8) ?? '', 16);
  }
}

/** What a server knows a client by. */
function keyOf(identity: Identity): string {
  return 'duid' in identity
    ? `${identity.duid} ${identity.iaid}`
    : identity.clientIdentifier || `hardware address ${identity.hardwareAddress}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
