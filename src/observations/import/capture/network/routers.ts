import type { Ask } from '../exchange/client.js';
import { findOf } from '../message/few.js';
import type { CaptureCase } from '../capture-case.js';
import type { Holders } from './networks.js';
import type { ServerSight, Sights } from './sights.js';
import type { Endpoint } from '../file/udp.js';

/**
 * Finds routers that are clients and servers in one: a prefix is delegated to the router, and it gives out leases of
 * this prefix itself. These leases lie in its prefix, which is no conflict. A server is the same router as a client
 * if it has the client's DUID or the hardware address in that DUID. It also is the same if it answers from the
 * client's address on the link, and from no other address.
 */
export class Routers {
  /** Numbers of clients, by address and network. */
  readonly #byAddress = new Map<string, number>();

  /** Notes the address of a client that asks for a prefix, if the request came straight from the client. */
  asked({ client, family, relayed, associations }: Ask, { address }: Endpoint): void {
    if (family === 6 && !relayed && associations.some(({ kind }) => kind === 'pd'))
      this.#byAddress.set(placeOf(address, client.network), client.number);
  }

  /** Makes a function that finds the client which a server is itself. A client is given by its `owner` number. */
  finder(
    cases: readonly CaptureCase[],
    sights: Sights,
    { ownerOf }: Holders,
  ): (server: ServerSight, network: string) => number | undefined {
    const byDuid = new Map<string, number>();
    for (const { identity, bindings, number } of cases.flatMap(({ clients }) => clients)) {
      if (identity.family === 4 || findOf(bindings, ({ kind }) => kind === 'pd') === undefined) continue;
      for (const name of namesIn(identity.duid)) byDuid.set(name, number);
    }
    // The same link-local address may occur on several links. A server that answers from other addresses too is not
    // the router that has this one.
    const byAddress = (identifier: string, place: string): number | undefined =>
      sights.isFromOnePlace(identifier) ? this.#byAddress.get(place) : undefined;
    if (byDuid.size === 0) return () => undefined;
    return ({ identifier = '', endpoint: { address } }, network) => {
      const name = namesIn(identifier).find((one) => byDuid.has(one)) ?? '';
      const number = byDuid.get(name) ?? byAddress(identifier, placeOf(address, network));
      return number === undefined ? undefined : ownerOf(number);
    };
  }
}

function placeOf(address: string, network: string): string {
  return `${address} ${network}`;
}

/** A DUID and the hardware address in it, hexadecimal: DUID-LLT and DUID-LL, RFC 8415 sections 11.2 and 11.4. */
function namesIn(duid: string): string[] {
  const at = duid.startsWith('0001') ? 16 : duid.startsWith('0003') ? 8 : duid.length;
  const hardwareAddress = duid.slice(at);
  return [duid, ...(hardwareAddress === '' ? [] : [`hardware ${hardwareAddress}`])];
}
