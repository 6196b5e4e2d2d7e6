import type { Family } from '../../protocol/phases.js';
import type { ListedClient } from '../../scenario/client-list/listed-client.js';
import { Identities, type IdentitySource } from './identities.js';
import { ListedIdentities } from './listed-identities.js';
import { OptionsOfClients } from './sent-options.js';
import type { SentLoad } from '../../scenario/sent-bytes.js';

/** What decides who the clients of a run are. */
export interface ClientsOfRun {
  seed: number;
  /** The clients that a list names; absent where the seed decides. */
  listed?: readonly ListedClient[] | undefined;
  /** How many clients in a row are one machine; 1 by default. */
  perMachine?: number | undefined;
}

/**
 * The identities of the clients of a case.
 *
 * @param load what clients send besides; nothing by default
 */
export function identitiesOf(
  { seed, listed, perMachine }: ClientsOfRun,
  caseIndex: number,
  family: Family,
  load: SentLoad = {},
): IdentitySource {
  return listed === undefined
    ? new Identities(seed, caseIndex, { options: new OptionsOfClients(family, load), perMachine })
    : new ListedIdentities(listed, family, load);
}
