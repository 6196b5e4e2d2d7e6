import type { CaptureCase } from './correlate.js';
import { allOf } from './few.js';
import type { Client } from './clients.js';

/**
 * Which networks of a capture are one: a relay hands messages on from those of its clients to that of the server, and a lease
 * that a server gave is one lease in all of them.
 */
export class Networks {
  readonly #joined = new Map<string, string>();
  #first: string | undefined;
  #areSeveral = false;

  /** A message was heard there. */
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

  /** The same for networks that are one. */
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

/** The numbers by which holdings are told apart, once it is known which networks are one. */
export interface Holders {
  ownerOf: (client: number) => number;
  holderOf: (binding: number) => number;
}

const AS_THEY_ARE: Holders = { ownerOf: (client) => client, holderOf: (binding) => binding };

/**
 * A client that is known in several networks is one where these are one, and so is each of its bindings.
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

/** Numbers that stand for the same. */
class Same {
  readonly #first = new Map<string, number>();
  readonly #numbers = new Map<number, number>();

  /** @returns the number of what was first called so */
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
