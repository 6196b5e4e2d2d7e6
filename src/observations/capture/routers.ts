import type { Ask } from './ask.js';
import { findOf } from './few.js';
import type { CaptureCase } from './correlate.js';
import type { Holders } from './networks.js';
import type { ServerSight, Sights } from './sights.js';
import type { Endpoint } from './udp.js';

/**
 * Routers that are delegated prefixes and lease out of them themselves: what their hosts get lies in their prefix, and is no
 * conflict. One is known by its DUID, by the hardware address in that, or by the address that it speaks from on its link, where
 * its server speaks from no other.
 */
export class Routers {
  /** By address and network. */
  readonly #byAddress = new Map<string, number>();

  /** A request that came straight from its client. */
  asked({ client, family, relayed, associations }: Ask, { address }: Endpoint): void {
    if (family === 6 && !relayed && associations.some(({ kind }) => kind === 'pd'))
      this.#byAddress.set(placeOf(address, client.network), client.number);
  }

  /** Finds the client, by its number over all cases, that a server is itself. */
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
    // Link-local addresses come again on every link: a server that speaks from others too is not the router that has this one.
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
