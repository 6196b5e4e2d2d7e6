import type { Identity, LeaseRow } from '../../results/audit.js';
import { Identities } from '../audit/tables/identities.js';
import type { WhoseRows } from '../audit/input.js';
import type { CaseState } from '../fold/case-state.js';
import { ownerOf } from './input.js';

/** The clients of a run, by the identities in the rows. */
export class CommitClients {
  readonly #cases: readonly { name: string; identities: Identities }[];

  constructor(whose: WhoseRows, states: readonly CaseState[]) {
    this.#cases = states.map(({ layout, caseIndex }) => {
      return { name: layout.name, identities: new Identities(whose, layout, caseIndex) };
    });
  }

  /** Whose row it is. */
  of(row: LeaseRow): { case: string | null; client: number | null; identity: Identity | null } {
    for (const { name, identities } of this.#cases) {
      const client = identities.clientOf(row);
      if (client >= 0) return { case: name, client, identity: identities.of(client) };
    }
    const { duid, iaid, clientIdentifier, hardwareAddress } = row;
    if (duid !== null) return { case: null, client: null, identity: { duid, iaid: iaid ?? 0 } };
    if (clientIdentifier === null && hardwareAddress === null)
      return { case: null, client: null, identity: null };
    const identity = { clientIdentifier: clientIdentifier ?? '', hardwareAddress: hardwareAddress ?? '' };
    return { case: null, client: null, identity };
  }

  /** `client 17 of dhcp4`, or the identity of a client that is none of the run's. */
  text(row: LeaseRow): string {
    const { case: name, client } = this.of(row);
    return client === null || name === null
      ? `${ownerOf(row) || 'nobody'}, no client of this run`
      : `client ${client} of ${name}`;
  }

  /** The owner of a row of this client's, as `ownerOf` says. */
  ownerOf(caseIndex: number, client: number): string {
    const identity = this.#cases[caseIndex]?.identities.of(client);
    if (identity === undefined) return '';
    return 'duid' in identity
      ? `${identity.duid} ${identity.iaid}`
      : 'clientIdentifier' in identity
        ? identity.clientIdentifier || identity.hardwareAddress
        : '';
  }
}
