import { caseOfLeases, leaseTypesOf } from '../../../../protocol/cases.js';
import type { CaptureCase } from '../capture-case.js';
import { leaseTypeOf, type Association, type DhcpRequest } from '../message/dhcp-message.js';
import { added } from '../message/few.js';
import type { Client, Place } from './client.js';
import { placeIn, type Clients } from './clients.js';

/** The case index of requests and answers about no lease. */
export const NO_CASE = -1;

/** The cases that a capture shows, and the place of each client in them. */
export class CasePlaces {
  readonly cases: CaptureCase[] = [];
  readonly #clients: Clients;
  readonly #caseNumbers = new Map<string, number>();

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /** The case of a request, and the number of the client's attempt in it. */
  of(request: DhcpRequest, client: Client, network: string): { caseIndex: number; attempt: number } {
    const { family, associations, type } = request;
    if (type === 'other') return { caseIndex: NO_CASE, attempt: 1 };
    const caseIndex = this.caseOf(family, client, associations, network);
    const place = this.for(caseIndex, client);
    if (type === 'discover' || type === 'solicit' || type === 'bootp') place.attempts++;
    return { caseIndex, attempt: Math.max(place.attempts, 1) };
  }

  /** The place of a client in a case; a new one if it has none. */
  for(caseIndex: number, client: Client): Place {
    let place = placeIn(client, caseIndex);
    if (place === undefined) {
      const clients = this.cases[caseIndex]?.clients ?? [];
      place = { caseIndex, client: clients.length, attempts: 0 };
      client.places = added(client.places, place);
      clients.push(client);
    }
    return place;
  }

  /**
   * The case of a message about these bindings. If the client has all of them and they are of one case, it is that
   * case, even if the message is about only some of the client's bindings.
   */
  caseOf(family: 4 | 6, client: Client, about: readonly Association[], network: string): number {
    const first = about[0] === undefined ? undefined : this.#clients.bindingOf(client, about[0])?.caseIndex;
    const isKnown =
      first !== undefined && about.every((one) => this.#clients.bindingOf(client, one)?.caseIndex === first);
    if (isKnown) return first;
    const kind = caseOfLeases(family, about.map(leaseTypeOf));
    const key = `${kind} ${network}`;
    let caseIndex = this.#caseNumbers.get(key);
    if (caseIndex === undefined) {
      caseIndex = this.cases.push({ kind, network, family, leaseTypes: leaseTypesOf(kind), clients: [] }) - 1;
      this.#caseNumbers.set(key, caseIndex);
    }
    for (const one of about) this.#clients.binding(client, one, caseIndex);
    return caseIndex;
  }
}
