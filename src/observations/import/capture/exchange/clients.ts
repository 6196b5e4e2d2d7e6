import type { Ask, Binding, Client, Place } from './client.js';
import type { Association, Identity } from '../message/dhcp-message.js';
import { added, allOf, countOf, findOf } from '../message/few.js';

/** Stands for an end that never comes, and is the largest `untilS`. */
export const FOR_EVER_S = 0x7fff_ffff;

/** Whether a client is known to hold an address at a time. The address is hexadecimal. */
export function isKnownToHold(client: Client, address: string, atUs: number): boolean {
  return client.address === address && atUs / 1e6 < client.untilS;
}

/** Up to this many bindings of a client are searched one by one. */
const FEW = 16;

/**
 * Tells clients apart as a server does. In DHCPv4 a client is known by its client identifier, or else by its hardware
 * address. A binding that was made without a client identifier is found again by the hardware address (RFC 2131
 * section 4.2). A message without a client identifier is of the client with its hardware address, as with Kea's
 * `match-client-id`. In DHCPv6 a client is known by its DUID (RFC 8415 section 11).
 */
export class Clients {
  readonly #matchClientId: boolean;
  readonly #networks = new Map<string, InNetwork>();
  /** The bindings of clients that have more than `FEW`. */
  readonly #manyBindings = new Map<Client, { all: Binding[]; byName: Map<string, Binding> }>();
  #count = 0;
  #bindings = 0;

  /**
   * @param matchClientId false: DHCPv4 clients are known by their hardware address alone, as with Kea's setting of
   *   that name
   */
  constructor(matchClientId: boolean) {
    this.#matchClientId = matchClientId;
  }

  /**
   * The client of a message; a new one if no client is known by this identity.
   *
   * @param address the address that the message says its client holds, in hexadecimal
   */
  take(identity: Identity, network: string, address = ''): Client {
    return this.find(identity, network, address) ?? this.#add(identity, network);
  }

  /** The known client of a message; undefined if there is none. */
  find(identity: Identity, network: string, address = ''): Client | undefined {
    const known = this.#networks.get(network);
    if (known === undefined) return undefined;
    if (identity.family === 6) return known.byDuid.get(identity.duid);
    const { hardwareAddress, clientIdentifier } = identity;
    const same = known.byHardware.get(hardwareAddress);
    if (!this.#matchClientId && hardwareAddress !== '') return firstOf(same);
    if (clientIdentifier === '') return unnamedOf(same) ?? holderOf(same, address) ?? lastOf(same);
    const named = known.byIdentifier.get(clientIdentifier);
    if (named !== undefined) return named;
    const unnamed = unnamedOf(same);
    if (unnamed?.identity.family === 4) {
      unnamed.identity = { ...unnamed.identity, clientIdentifier };
      known.byIdentifier.set(clientIdentifier, unnamed);
      if (isSeveral(same)) same.unnamed = undefined;
    }
    return unnamed;
  }

  /**
   * The client's binding for an identity association; a new one if there is none.
   *
   * @param caseIndex the case of the message that names the association
   */
  binding(client: Client, association: Association, caseIndex: number): Binding {
    const known = this.bindingOf(client, association);
    if (known !== undefined) return known;
    const { kind, iaid } = association;
    const binding: Binding = { kind, iaid, number: this.#bindings++, caseIndex };
    const many = this.#manyBindings.get(client);
    if (many !== undefined) {
      many.all.push(binding);
      many.byName.set(`${kind}${iaid}`, binding);
      return binding;
    }
    client.bindings = added(client.bindings, binding);
    if (countOf(client.bindings) > FEW) {
      const all = [...allOf(client.bindings)];
      client.bindings = all;
      const byName = new Map(all.map((one) => [`${one.kind}${one.iaid}`, one]));
      this.#manyBindings.set(client, { all, byName });
    }
    return binding;
  }

  bindingOf(client: Client, { kind, iaid }: Association): Binding | undefined {
    if (countOf(client.bindings) > FEW) return this.#manyBindings.get(client)?.byName.get(`${kind}${iaid}`);
    return findOf(client.bindings, (one) => one.kind === kind && one.iaid === iaid);
  }

  #add(identity: Identity, network: string): Client {
    let known = this.#networks.get(network);
    if (known === undefined) {
      known = { byDuid: new Map(), byIdentifier: new Map(), byHardware: new Map() };
      this.#networks.set(network, known);
    }
    const client: Client = {
      number: this.#count++,
      network,
      heardIn: undefined,
      identity,
      places: undefined,
      bindings: undefined,
      asks: NO_ASKS,
      movedOn: 0,
      address: '',
      givenBy: undefined,
      untilS: 0,
      link: 0,
    };
    if (identity.family === 6) {
      if (identity.duid !== '') known.byDuid.set(identity.duid, client);
      return client;
    }
    const { hardwareAddress, clientIdentifier } = identity;
    if (clientIdentifier !== '') known.byIdentifier.set(clientIdentifier, client);
    if (hardwareAddress !== '') {
      const same = known.byHardware.get(hardwareAddress);
      if (isSeveral(same)) {
        same.all.push(client);
        same.unnamed ??= unnamedOf(client);
      } else if (same === undefined) known.byHardware.set(hardwareAddress, client);
      else
        known.byHardware.set(hardwareAddress, {
          unnamed: unnamedOf(same) ?? unnamedOf(client),
          all: [same, client],
        });
    }
    return client;
  }
}

interface InNetwork {
  byDuid: Map<string, Client>;
  byIdentifier: Map<string, Client>;
  byHardware: Map<string, WithHardware>;
}

/**
 * The clients with one hardware address. Nearly always there is just one: then it stands here itself, to save memory.
 */
type WithHardware = Client | SeveralClients;

interface SeveralClients {
  /** The first of these clients that has sent no client identifier. */
  unnamed: Client | undefined;
  all: Client[];
}

type Same = WithHardware | undefined;

function isSeveral(same: Same): same is SeveralClients {
  return same !== undefined && 'all' in same;
}

function unnamedOf(same: Same): Client | undefined {
  if (isSeveral(same)) return same.unnamed;
  return same?.identity.family === 4 && same.identity.clientIdentifier === '' ? same : undefined;
}

function firstOf(same: Same): Client | undefined {
  return isSeveral(same) ? same.all[0] : same;
}

function lastOf(same: Same): Client | undefined {
  return isSeveral(same) ? same.all.at(-1) : same;
}

/** Among several clients, the one that was given this address last. The address is hexadecimal. */
function holderOf(same: Same, address: string): Client | undefined {
  return address !== '' && isSeveral(same) ? same.all.find((one) => one.address === address) : undefined;
}

/** One empty list for all clients without open requests. */
export const NO_ASKS: readonly Ask[] = [];

export function placeIn({ places }: Client, caseIndex: number): Place | undefined {
  return findOf(places, (one) => one.caseIndex === caseIndex);
}
