import type { Ask } from './ask.js';
import type { Association, Identity } from './dhcp-message.js';

/** A client of a capture, in whatever case. */
export interface Client {
  /** Over all cases, in the order of first sight. */
  number: number;
  network: string;
  identity: Identity;
  /** Its number in each case that it is seen in, and how often it began to look for a lease there. */
  places: Map<number, { client: number; attempts: number }>;
  /** The number of each of its bindings, over all clients. */
  bindings: Map<string, number>;
  /** The case in which each of its bindings was first asked for. */
  caseOf: Map<string, number>;
  /** What it has asked, as far as that is not over: few. */
  asks: Ask[];
  /** The address that it was given last, in hexadecimal, and by whom: DHCPv4 alone. */
  address: string;
  givenBy: { server: string | undefined; endpoint: string } | undefined;
}

/**
 * Who is who, as a server tells clients apart. DHCPv4: by client identifier, else by hardware address; a binding that was made
 * without an identifier is found again by the hardware address (RFC 2131 section 4.2), and a message without one is of the
 * client with that hardware address, as with Kea's `match-client-id`. DHCPv6: by DUID (RFC 8415 section 11).
 */
export class Clients {
  readonly all: Client[] = [];
  readonly #matchClientId: boolean;
  #bindings = 0;
  /** Client identifier or DUID, with the network. */
  readonly #byIdentifier = new Map<string, Client>();
  readonly #byHardware = new Map<string, Client[]>();

  /** @param matchClientId false: by hardware address alone, as Kea's setting of that name */
  constructor(matchClientId: boolean) {
    this.#matchClientId = matchClientId;
  }

  /** The client that a message is of; a new one where nobody is known by that. @param address that it says to hold, in hexadecimal */
  take(identity: Identity, network: string, address = ''): Client {
    return this.find(identity, network, address) ?? this.#add(identity, network);
  }

  /** The same, where there is one. */
  find(identity: Identity, network: string, address = ''): Client | undefined {
    if (identity.family === 6) return this.#byIdentifier.get(keyOf(network, 6, identity.duid));
    const { hardwareAddress, clientIdentifier } = identity;
    const same = this.withHardware(hardwareAddress, network);
    if (!this.#matchClientId && hardwareAddress !== '') return same[0];
    if (clientIdentifier !== '') {
      const known = this.#byIdentifier.get(keyOf(network, 4, clientIdentifier));
      const unnamed = known ?? same.find((one) => identifierOf(one) === '');
      if (known === undefined && unnamed !== undefined) this.#name(unnamed, clientIdentifier);
      return unnamed;
    }
    return (
      same.find((one) => identifierOf(one) === '') ??
      (address === '' ? undefined : same.find((one) => one.address === address)) ??
      same.at(-1)
    );
  }

  /** DHCPv4 clients with this hardware address, which may be several. */
  withHardware(hardwareAddress: string, network: string): readonly Client[] {
    return hardwareAddress === '' ? [] : (this.#byHardware.get(keyOf(network, 4, hardwareAddress)) ?? []);
  }

  /** The number of one of a client's bindings. */
  binding({ bindings }: Client, association: Association): number {
    const text = associationText(association);
    let number = bindings.get(text);
    if (number === undefined) bindings.set(text, (number = this.#bindings++));
    return number;
  }

  #name(client: Client, clientIdentifier: string): void {
    if (client.identity.family !== 4) return;
    client.identity = { ...client.identity, clientIdentifier };
    this.#byIdentifier.set(keyOf(client.network, 4, clientIdentifier), client);
  }

  #add(identity: Identity, network: string): Client {
    const client: Client = {
      number: this.all.length,
      network,
      identity,
      places: new Map(),
      bindings: new Map(),
      caseOf: new Map(),
      asks: [],
      address: '',
      givenBy: undefined,
    };
    this.all.push(client);
    if (identity.family === 6) {
      if (identity.duid !== '') this.#byIdentifier.set(keyOf(network, 6, identity.duid), client);
      return client;
    }
    const { hardwareAddress, clientIdentifier } = identity;
    if (clientIdentifier !== '') this.#byIdentifier.set(keyOf(network, 4, clientIdentifier), client);
    if (hardwareAddress !== '') {
      const key = keyOf(network, 4, hardwareAddress);
      const same = this.#byHardware.get(key);
      if (same === undefined) this.#byHardware.set(key, [client]);
      else same.push(client);
    }
    return client;
  }
}

/** `na1`, `v40` */
export function associationText({ kind, iaid }: Association): string {
  return `${kind}${iaid}`;
}

function identifierOf({ identity }: Client): string {
  return identity.family === 4 ? identity.clientIdentifier : identity.duid;
}

function keyOf(network: string, family: 4 | 6, text: string): string {
  return network === '' ? `${family}${text}` : `${network} ${family}${text}`;
}
