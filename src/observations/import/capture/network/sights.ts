import { endpointText, isServerPort } from './endpoints.js';
import type { Endpoint } from '../file/udp.js';

/**
 * A sight of a server: the identifier in an answer (option 54 or a DUID), and the endpoint that the answer came from.
 */
export interface ServerSight {
  identifier: string | undefined;
  endpoint: Endpoint;
}

/** The endpoints and ports that the answers of a server came from. */
interface Known {
  endpoints: Map<string, Endpoint>;
  ports: Set<number>;
}

/** The name of a server of which nothing is known. */
const NOBODY = 'unknown';

/** From this number of servers on, further ones that never answered are told as one. */
const MANY_SERVERS = 100;
const OTHERS = 'other servers without answers';

/**
 * The servers of a capture, told apart by their identifiers. Addresses don't tell them apart: a server behind a
 * virtual address answers from other ones, and a relay hands answers on from its own address. Servers on one machine
 * may have the same identifier and different ports. They are told apart by port.
 */
export class Sights {
  readonly #all: ServerSight[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #byIdentifier = new Map<string, Known>();
  readonly #identifiersAt = new Map<string, Set<string>>();

  /** The number of a sight, whether an answer came from there or not. */
  number(sight: ServerSight): number {
    const key = `${sight.identifier ?? ''} ${endpointText(sight.endpoint)}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#numbers.set(key, (number = this.#all.length));
      this.#all.push(sight);
    }
    return number;
  }

  sight(number: number): ServerSight | undefined {
    return this.#all[number];
  }

  /** Notes that an answer came. */
  seen({ identifier, endpoint }: ServerSight): void {
    const text = endpointText(endpoint);
    const key = identifier ?? text;
    let known = this.#byIdentifier.get(key);
    if (known === undefined) {
      this.#byIdentifier.set(key, (known = { endpoints: new Map(), ports: new Set() }));
    }
    known.endpoints.set(text, endpoint);
    known.ports.add(endpoint.port);
    let identifiers = this.#identifiersAt.get(text);
    if (identifiers === undefined) this.#identifiersAt.set(text, (identifiers = new Set()));
    identifiers.add(key);
  }

  answersFrom(endpoint: string): boolean {
    return this.#identifiersAt.has(endpoint);
  }

  /** Whether a server has this identifier. */
  isIdentifier(text: string): boolean {
    return this.#byIdentifier.has(text);
  }

  /** Whether all answers of a server came from one address. */
  isFromOnePlace(identifier: string): boolean {
    return (this.#byIdentifier.get(identifier)?.endpoints.size ?? 0) <= 1;
  }

  /** The name of a sight's server. Call this after the last answer was noted. */
  nameOf(number: number): string {
    const sight = this.#all[number];
    if (sight === undefined) return NOBODY;
    const { identifier, endpoint } = sight;
    const text = endpointText(endpoint);
    const key = identifier ?? this.#onlyIdentifierAt(text) ?? text;
    const known = this.#byIdentifier.get(key);
    if (known === undefined) return identifier ?? text;
    // A request that no server answered may have gone to all servers. Its server answers others from these endpoints.
    const isShared = this.#isShared(text) || [...known.endpoints.keys()].some((one) => this.#isShared(one));
    return nameOf(key, known, endpoint, isShared);
  }

  /** Servers whose identifier is an address, and that answered from other addresses. */
  virtual(): { name: string; from: string[] }[] {
    return [...this.#byIdentifier].flatMap(([identifier, { endpoints }]) => {
      const from = [...endpoints.values()]
        .filter(({ address, port }) => address !== identifier && isServerPort(port))
        .map(({ address }) => address);
      return isAddress(identifier) && from.length > 0 ? [{ name: identifier, from }] : [];
    });
  }

  #onlyIdentifierAt(endpoint: string): string | undefined {
    const [only, ...others] = this.#identifiersAt.get(endpoint) ?? [];
    return others.length === 0 ? only : undefined;
  }

  #isShared(endpoint: string): boolean {
    return (this.#identifiersAt.get(endpoint)?.size ?? 0) > 1;
  }
}

function nameOf(
  identifier: string,
  { endpoints, ports }: Known,
  endpoint: Endpoint,
  isShared: boolean,
): string {
  if (ports.size > 1 && !isServerPort(endpoint.port)) return endpointText(endpoint);
  const all = [...endpoints.values()];
  if (isAddress(identifier)) {
    const [only, ...more] = all;
    // An answer that comes from DHCP's own port may come from a relay or from behind a virtual address.
    const isItself = only !== undefined && more.length === 0 && !isServerPort(only.port);
    return isItself ? endpointText(only) : identifier;
  }
  const global = all.find(({ address }) => !/^fe80/i.test(address)) ?? all[0];
  return global === undefined || isShared ? `DUID ${identifier}` : endpointText(global);
}

/** A DUID is hexadecimal, without a full stop; an endpoint of DHCPv6 has colons. */
function isAddress(identifier: string): boolean {
  return identifier.includes('.');
}

/** The servers of each case. A server gets its number in a case when the number is first asked for. */
export class CaseServers {
  readonly #sights: Sights;
  readonly #names: string[][] = [];
  readonly #numbers: Map<number, number>[] = [];

  constructor(sights: Sights) {
    this.#sights = sights;
  }

  namesIn(caseIndex: number): readonly string[] {
    return this.#names[caseIndex] ?? [];
  }

  /** The sights of a case's servers, each with the server's number in the case. */
  sightsIn(caseIndex: number): readonly (readonly [ServerSight, number])[] {
    return [...(this.#numbers[caseIndex] ?? [])].flatMap(([sight, number]) => {
      const its = this.#sights.sight(sight);
      return its === undefined ? [] : [[its, number] as const];
    });
  }

  /**
   * The number in a case of a sight's server.
   *
   * @param sight the number of the sight
   */
  number(caseIndex: number, sight: number): number {
    const numbers = (this.#numbers[caseIndex] ??= new Map());
    let number = numbers.get(sight);
    if (number === undefined)
      numbers.set(sight, (number = this.#named(caseIndex, this.#sights.nameOf(sight))));
    return number;
  }

  /**
   * The number of the server that an unanswered request was meant for.
   *
   * @param sight the number of the sight that the request names or went to; -1 if it is for any server
   */
  numberOfMeant(caseIndex: number, sight: number): number {
    if (sight >= 0) return this.#silent(caseIndex, sight);
    const names = this.namesIn(caseIndex);
    return names.length === 1 ? 0 : this.#named(caseIndex, NOBODY);
  }

  /**
   * The number of a server that never answered. If there are very many of them, further ones count as one: for
   * example, home routers that laptops name after they come from there.
   */
  #silent(caseIndex: number, sight: number): number {
    const isKnown = this.#numbers[caseIndex]?.has(sight) === true;
    const isCrowded = this.namesIn(caseIndex).length >= MANY_SERVERS;
    return isKnown || !isCrowded ? this.number(caseIndex, sight) : this.#named(caseIndex, OTHERS);
  }

  #named(caseIndex: number, name: string): number {
    const names = (this.#names[caseIndex] ??= []);
    const known = names.indexOf(name);
    return known >= 0 ? known : names.push(name) - 1;
  }
}
