import type { CaptureCase } from '../capture-case.js';
import { allOf } from '../message/few.js';
import type { Client } from '../exchange/client.js';

/**
 * Tells which networks of a capture count as one. A relay hands messages on from the networks of its clients to that
 * of the server. A lease of the server is one and the same lease in all of these networks.
 */
export class Networks {
  readonly #joined = new Map<string, string>();
  #first: string | undefined;
  #areSeveral = false;

  /** Notes that a message was heard in a network. */
  heard(network: string): void {
    this.#first ??= network;
    if (network !== this.#first) this.#areSeveral = true;
  }

  get areSeveral(): boolean {
    return this.#areSeveral;
  }

  join(one: string, other: string): void {
    if (one === other) return;
    const [a, b] = [this.of(one), this.of(other)];
    if (a !== b) this.#joined.set(a, b);
  }

  /** One name for all networks that count as one. */
  of(network: string): string {
    let last = network;
    for (let next = this.#joined.get(last); next !== undefined; next = this.#joined.get(last)) last = next;
    return last;
  }

  areOne(one: string, other: string): boolean {
    return one === other || this.of(one) === this.of(other);
  }

  get areJoined(): boolean {
    return this.#joined.size > 0;
  }
}

/** The numbers that tell holdings apart, once it is known which networks count as one. */
export interface Holders {
  ownerOf: (client: number) => number;
  holderOf: (binding: number) => number;
}

const AS_THEY_ARE: Holders = { ownerOf: (client) => client, holderOf: (binding) => binding };

/**
 * A client that was heard in several networks is one client if these networks count as one. The same holds for each
 * of its bindings.
 *
 * @param matchClientId false: a DHCPv4 client is known by its hardware address alone, here as in each network
 */
export function holdersIn(
  cases: readonly CaptureCase[],
  networks: Networks,
  matchClientId: boolean,
): Holders {
  if (!networks.areJoined) return AS_THEY_ARE;
  const clients = new Same();
  const bindings = new Same();
  for (const client of cases.flatMap((one) => one.clients)) {
    const owner = clients.take(
      client.number,
      `${networks.of(client.network)} ${nameOf(client, matchClientId)}`,
    );
    for (const { kind, iaid, number } of allOf(client.bindings))
      bindings.take(number, `${owner} ${kind}${iaid}`);
  }
  return { ownerOf: (client) => clients.of(client), holderOf: (binding) => bindings.of(binding) };
}

/** Maps the numbers of one client, or of one binding, to the first of them. */
class Same {
  readonly #first = new Map<string, number>();
  readonly #numbers = new Map<number, number>();

  /** @returns the first number that was taken under this key */
  take(number: number, key: string): number {
    const first = this.#first.get(key) ?? number;
    this.#first.set(key, first);
    if (first !== number) this.#numbers.set(number, first);
    return first;
  }

  of(number: number): number {
    return this.#numbers.get(number) ?? number;
  }
}

function nameOf({ identity }: Client, matchClientId: boolean): string {
  if (identity.family === 6) return `6 ${identity.duid}`;
  const { clientIdentifier, hardwareAddress } = identity;
  const isByHardware = clientIdentifier === '' || (!matchClientId && hardwareAddress !== '');
  return `4 ${isByHardware ? hardwareAddress : `id ${clientIdentifier}`}`;
}
