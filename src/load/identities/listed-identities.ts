import type { Family } from '../../protocol/phases.js';
import type { ListedClient } from '../../scenario/client-list/listed-client.js';
import { sentByClient } from '../../scenario/client-list/sent-by-client.js';
import type { ClientIdentity, IdentitySource } from './identities.js';
import { OptionsOfClients } from './sent-options.js';
import type { SentLoad } from '../../scenario/sent-bytes.js';

const NO_BYTES = new Uint8Array(0);

/** The identities of clients that a list names, and what the list says that they send. */
export class ListedIdentities implements IdentitySource {
  readonly #clients: readonly ListedClient[];
  readonly #family: Family;
  readonly #load: SentLoad;
  /** Made when a client is first asked for. */
  readonly #identities: (ClientIdentity | undefined)[] = [];
  readonly #shapes = new Map<string, number>();

  /** @param load what clients send of which the list says nothing */
  constructor(clients: readonly ListedClient[], family: Family, load: SentLoad = {}) {
    this.#clients = clients;
    this.#family = family;
    this.#load = load;
  }

  of(client: number): ClientIdentity {
    return (this.#identities[client] ??= this.#make(client));
  }

  #make(client: number): ClientIdentity {
    const listed = this.#clients[client];
    if (listed === undefined) throw new RangeError(`the list has no client ${client}`);
    const { hardwareAddress = NO_BYTES, clientIdentifier, duid = NO_BYTES, iaid } = listed;
    const sent = new OptionsOfClients(this.#family, sentByClient(this.#load, listed)).of(client);
    const identity: ClientIdentity = { hardwareAddress, clientIdentifier, duid, iaid, sent };
    return { ...identity, shape: this.#shapeOf(identity) };
  }

  /** One number for all identities whose messages differ in bytes alone. */
  #shapeOf({ hardwareAddress, clientIdentifier, duid, sent }: ClientIdentity): number {
    const lengths = [...(sent?.own ?? []), ...(sent?.relay ?? [])].map(
      ({ code, value }) => `${code}:${value.length}`,
    );
    const key = [
      hardwareAddress.length,
      clientIdentifier?.length,
      duid.length,
      sent?.own.length,
      ...lengths,
    ].join(' ');
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    this.#shapes.set(key, this.#shapes.size);
    return this.#shapes.size - 1;
  }
}
