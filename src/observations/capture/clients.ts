import type { Ask } from './ask.js';
import type { Association, Identity } from './dhcp-message.js';
import { added, allOf, countOf, findOf, type Few } from './few.js';

/** A client of a capture, in whatever case. Small, as there may be hundreds of thousands. */
export interface Client {
  /** Over all cases, in the order of first sight. */
  readonly number: number;
  readonly network: string;
  /** Where it was first heard, where that is no network of its own: `VLAN 100`. */
  heardIn: string | undefined;
  identity: Identity;
  /** Where it is seen: hardly ever in more than one case. */
  places: Few<Place>;
  bindings: Few<Binding>;
  /** What it has asked, as far as that is not over: few. */
  asks: readonly Ask[];
  /** What it asked before the request of this number, it asks no more. */
  movedOn: number;
  /** The address that it was given last, in hexadecimal, and by whom: DHCPv4 alone. */
  address: string;
  givenBy: { server: string | undefined; endpoint: string } | undefined;
  /** Until when it has that address as it was told, seconds since 1970; 0 where nobody told it. */
  untilS: number;
  /** The link that it was given its latest lease on, as for a request. */
  link: number;
}

/** What is for ever, as `untilS`. */
export const FOR_EVER_S = 0x7fff_ffff;

/** Whether it is known to have an address, in hexadecimal, and until when. */
export function isKnownToHold(client: Client, address: string, atUs: number): boolean {
  return client.address === address && atUs / 1e6 < client.untilS;
}

export interface Place {
  readonly caseIndex: number;
  /** Its number there. */
  readonly client: number;
  /** How often it began to look for a lease there. */
  attempts: number;
}

export interface Binding {
  readonly kind: Association['kind'];
  readonly iaid: number;
  /** Over all clients. */
  readonly number: number;
  /** In which it was first asked for. */
  readonly caseIndex: number;
}

/** Up to so many bindings are looked through one by one. */
const FEW = 16;

/**
 * Who is who, as a server tells clients apart. DHCPv4: by client identifier, else by hardware address; a binding that was made
 * without an identifier is found again by the hardware address (RFC 2131 section 4.2), and a message without one is of the
 * client with that hardware address, as with Kea's `match-client-id`. DHCPv6: by DUID (RFC 8415 section 11).
 */
export class Clients {
  readonly #matchClientId: boolean;
  readonly #networks = new Map<string, InNetwork>();
  /** Of clients with very many bindings. */
  readonly #manyBindings = new Map<Client, { all: Binding[]; byName: Map<string, Binding> }>();
  #count = 0;
  #bindings = 0;

  /** @param matchClientId false: by hardware address alone, as Kea's setting of that name */
  constructor(matchClientId: boolean) {
    this.#matchClientId = matchClientId;
  }

  /**
   * The client that a message is of; a new one where nobody is known by that.
   *
   * @param address that it says to hold, in hexadecimal
   */
  take(identity: Identity, network: string, address = ''): Client {
    return this.find(identity, network, address) ?? this.#add(identity, network);
  }

  /** The same, where there is one. */
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

  /** One of a client's bindings. @param caseIndex of what asks for it */
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

/** Clients of one hardware address: nearly always one, which has no object of its own here. */
type WithHardware = Client | SeveralClients;

interface SeveralClients {
  /** The first of them that has said no client identifier. */
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

/** The one that was given this address last, in hexadecimal. */
function holderOf(same: Same, address: string): Client | undefined {
  return address !== '' && isSeveral(same) ? same.all.find((one) => one.address === address) : undefined;
}

/** One for all clients that wait for nothing. */
export const NO_ASKS: readonly Ask[] = [];

export function placeIn({ places }: Client, caseIndex: number): Place | undefined {
  return findOf(places, (one) => one.caseIndex === caseIndex);
}
