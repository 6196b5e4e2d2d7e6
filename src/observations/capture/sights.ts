import { endpointText, isServerPort } from './endpoints.js';
import type { Endpoint } from './udp.js';

/** What a server calls itself, option 54 or its DUID, and from where an answer came. */
export interface ServerSight {
  identifier: string | undefined;
  endpoint: Endpoint;
}

/** From where the answers of a server came. */
interface Known {
  endpoints: Map<string, Endpoint>;
  ports: Set<number>;
}

/** A server that nobody heard of. */
const NOBODY = 'unknown';

/** From so many on, servers that never answered are told as one. */
const MANY_SERVERS = 100;
const OTHERS = 'others that answered nothing';

/**
 * The servers of a capture, by what they call themselves: one behind a virtual address answers from others, and a relay hands
 * its answers on from its own address. Servers of one machine may call themselves the same and have ports of their own: these
 * are told apart by port.
 */
export class Sights {
  readonly #all: ServerSight[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #byIdentifier = new Map<string, Known>();
  readonly #identifiersAt = new Map<string, Set<string>>();

  /** The number of a sight, whether anything came from there or not. */
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

  /** An answer came. */
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

  /** Whether a server calls itself so. */
  isIdentifier(text: string): boolean {
    return this.#byIdentifier.has(text);
  }

  /** Whether all answers of a server came from one address. */
  isFromOnePlace(identifier: string): boolean {
    return (this.#byIdentifier.get(identifier)?.endpoints.size ?? 0) <= 1;
  }

  /** What the server of a sight is called; to be asked when all were seen. */
  nameOf(number: number): string {
    const sight = this.#all[number];
    if (sight === undefined) return NOBODY;
    const { identifier, endpoint } = sight;
    const text = endpointText(endpoint);
    const key = identifier ?? this.#onlyIdentifierAt(text) ?? text;
    const known = this.#byIdentifier.get(key);
    return known === undefined ? (identifier ?? text) : nameOf(key, known, endpoint, this.#isShared(text));
  }

  /** Servers that answered from other addresses than the one they call themselves. */
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
    // A relay and a virtual address have the port of DHCP.
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

/** The servers of each case, numbered in the order in which they are asked for. */
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

  /** Of each server of a case what it calls itself and from where it spoke, by its number there. */
  sightsIn(caseIndex: number): readonly (readonly [ServerSight, number])[] {
    return [...(this.#numbers[caseIndex] ?? [])].flatMap(([sight, number]) => {
      const its = this.#sights.sight(sight);
      return its === undefined ? [] : [[its, number] as const];
    });
  }

  /** @param sight its number */
  number(caseIndex: number, sight: number): number {
    const numbers = (this.#numbers[caseIndex] ??= new Map());
    let number = numbers.get(sight);
    if (number === undefined)
      numbers.set(sight, (number = this.#named(caseIndex, this.#sights.nameOf(sight))));
    return number;
  }

  /** Of a request without an answer. @param sight where it went to or whom it names, -1 for whoever listens */
  numberOfMeant(caseIndex: number, sight: number): number {
    if (sight >= 0) return this.#silent(caseIndex, sight);
    const names = this.namesIn(caseIndex);
    return names.length === 1 ? 0 : this.#named(caseIndex, NOBODY);
  }

  /** Where very many are named that never answer, as home routers by laptops that come from there, they are one. */
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
