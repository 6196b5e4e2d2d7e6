import { endpointText, isForAll } from './endpoints.js';
import type { DhcpReply, DhcpRequest } from '../message/dhcp-message.js';
import type { ServerSight } from './sights.js';
import type { Datagram, Endpoint } from '../file/udp.js';

/**
 * The places from which servers answer, and the identifiers that they have there. A place is an address and port in a
 * network, because the same link-local address may occur on several links.
 */
export class ServerPlaces {
  /** Where requests have gone to, and where answers have come from, in any network. */
  readonly #servers = new Set<string>();
  /** The places that relayed requests came from. */
  readonly #relays = new Set<string>();
  /** The server identifiers in answers from each place. DHCPNAKs are left out. */
  readonly #calledAt = new Map<string, Set<string>>();
  readonly #called = new Set<string>();

  isServer(endpoint: string): boolean {
    return this.#servers.has(endpoint);
  }

  get hasRelays(): boolean {
    return this.#relays.size > 0;
  }

  asked({ relayed }: DhcpRequest, { source, destination, network }: Datagram): void {
    if (!isForAll(destination.address)) this.#servers.add(endpointText(destination));
    if (relayed) this.#relays.add(placeOf(source, network));
  }

  answered({ type, server }: DhcpReply, { source, network }: Datagram): void {
    this.#servers.add(endpointText(source));
    if (server === undefined || type === 'nak') return;
    this.#called.add(server);
    const place = placeOf(source, network);
    let called = this.#calledAt.get(place);
    if (called === undefined) this.#calledAt.set(place, (called = new Set()));
    called.add(server);
  }

  /**
   * Whether an answer is by the server with this identifier. Kea's DHCPNAK has the address of its interface, even if
   * Kea's other answers have another identifier. Then the place that the other answers come from identifies the
   * server. If several servers answer from one place, a relay hands their answers on, and the place tells nothing. A
   * DUID is the same in all answers (RFC 8415 section 11).
   */
  isBy(wanted: string, { identifier, endpoint }: ServerSight, network: string): boolean {
    if (identifier === undefined || identifier === wanted) return true;
    if (!isAddress(identifier) || this.#called.has(identifier)) return false;
    const place = placeOf(endpoint, network);
    const called = this.#calledAt.get(place);
    return called?.size === 1 && called.has(wanted) && !this.#relays.has(place);
  }
}

function placeOf(endpoint: Endpoint, network: string): string {
  return `${endpointText(endpoint)} ${network}`;
}

/** A DUID is hexadecimal, without a full stop. */
function isAddress(identifier: string): boolean {
  return identifier.includes('.');
}
