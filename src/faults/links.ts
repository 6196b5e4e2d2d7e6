/**
 * What can be done to the messages between machines. A fault of links names the machines, not a program that it is done to.
 */

/** What becomes of the messages from one machine to another. */
export interface LinkRule {
  /** Machines, as reports name what runs there. */
  from: string;
  to: string;
  effect: LinkEffect;
}

/** What becomes of the messages of one direction. Each of 100 messages has the same chance. */
export interface LinkEffect {
  /** How many are lost; 100 cuts the link. */
  losePercent?: number;
  /** How many come twice. */
  duplicatePercent?: number;
  /** How many are held back, for `ms`, so that later ones overtake them. */
  reorderPercent?: number;
  /** For how long all of them, or those that are held back, are on their way. */
  ms?: number;
}

/** Who lacks whom while the links between machines are cut, or bad. All are named as in reports. */
export interface Lacking {
  /** Nodes that lack other nodes, or the proxy. */
  nodes: readonly string[];
  /** Servers that lack their node, or the proxy. */
  database: readonly string[];
  /** Servers that lack their clients. */
  clients: readonly string[];
}

/** All nodes and servers that lack anybody. */
export function allLacking({ nodes, database, clients }: Lacking): string[] {
  return [...new Set([...nodes, ...database, ...clients])];
}

/** What became of the messages of one direction while a fault did something to them. */
export interface PassedMessages {
  /** Those that were to pass. */
  messages: number;
  lost: number;
  /** Those that came twice. */
  doubled: number;
  /** Those that were delayed or held back. */
  late: number;
}

/** Both directions between the clients and a server. */
export interface PassedOnLink {
  /** Such as `dhcp4 server-2`. */
  server: string;
  toServer: PassedMessages;
  toClients: PassedMessages;
}

/** The machine of all clients. */
export const CLIENTS = 'clients';

/**
 * Whether the harness does what a rule says itself, as it passes the messages of clients on. A cut is left to the network,
 * for the kernel says then what it says of a link that fails.
 */
export function isInRelay({ from, to, effect }: LinkRule): boolean {
  return (from === CLIENTS || to === CLIENTS) && effect.losePercent !== 100;
}

/** A network whose links can be made worse for a while. */
export interface ImpairableNetwork {
  /**
   * Does to messages what the rules say, beside all other rules.
   *
   * @param key names these rules, for `repair`
   */
  impair: (key: number, rules: readonly LinkRule[]) => Promise<void>;
  repair: (key: number) => Promise<void>;
  /** What the rules of a key that was repaired met; absent where nobody counts. */
  met?: (key: number) => readonly MetOnLink[];
}

/** What a rule met while it was active. */
export interface MetOnLink {
  from: string;
  to: string;
  /** Packets of this direction; between machines those of TCP and of neighbour discovery included. */
  packets: number;
  /** Those of them that were dropped. */
  dropped: number;
  /** Those that it did anything to; those that were dropped, where it is absent. */
  affected?: number | undefined;
}

/** Adds what was met later. */
export function addMet(met: MetOnLink, more: MetOnLink): void {
  met.packets += more.packets;
  met.dropped += more.dropped;
  if (more.affected !== undefined) met.affected = (met.affected ?? 0) + more.affected;
}

/** The part of a fault that says between which machines it is. */
export interface LinksOf<Names = readonly string[]> {
  /** Two machines that share no group don't hear each other. A machine in two groups hears both. */
  groups?: readonly Names[] | undefined;
  /** Both directions between the first and the second. */
  between?: readonly [Names, Names] | undefined;
  /** One direction. */
  from?: Names | undefined;
  to?: Names | undefined;
}

/** Each ordered pair of machines that a fault is between. */
export function pairsOf({ groups = [], between, from = [], to = [] }: LinksOf): [from: string, to: string][] {
  const named = [...new Set(groups.flat())];
  const apart = named.flatMap((one) =>
    named
      .filter(
        (other) => one !== other && !groups.some((group) => group.includes(one) && group.includes(other)),
      )
      .map((other): [string, string] => [one, other]),
  );
  const [these = [], those = []] = between ?? [];
  const all = [...apart, ...product(these, those), ...product(those, these), ...product(from, to)];
  return [
    ...new Map(all.filter(([one, other]) => one !== other).map((pair) => [pair.join('\n'), pair])).values(),
  ];
}

function product(from: readonly string[], to: readonly string[]): [string, string][] {
  return from.flatMap((one) => to.map((other): [string, string] => [one, other]));
}
