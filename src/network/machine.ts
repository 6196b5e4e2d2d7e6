import { existsSync } from 'node:fs';

/** A link of a machine to a switch, with its addresses there. */
export interface Link {
  /** Its name inside the machine. */
  name: string;
  /** The switch, a bridge. */
  segment: string;
  /** The first one is the address by which others know the machine there. */
  ipv4: readonly [string, ...string[]];
  ipv6: readonly [string, ...string[]];
  /** How many bits of an address are the network's. */
  lengths: { ipv4: number; ipv6: number };
  /** Whether whatever is not on the link goes there too, so that programs may broadcast to 255.255.255.255. */
  isDefault?: boolean;
}

/** A machine of a private network: a network namespace with a link, or several. */
export interface Machine {
  /** As reports name what runs there: `node-1`, `dhcp4 server-2`, `clients`. */
  name: string;
  links: readonly [Link, ...Link[]];
}

/** The switch of nodes, servers, proxy and relays. */
export const MAIN_SEGMENT = 'br0';

/**
 * Networks that no pool of a scenario has: 198.18.0.0/15 is for measurements in closed networks (RFC 2544 appendix C.2.2),
 * and `fd00::/8` for networks of one site (RFC 4193).
 */
const NETWORKS = {
  main: { ipv4: '198.18', ipv6: 'fd6b:6561:6c65:6173::', lengths: { ipv4: 16, ipv6: 64 } },
  clients: { ipv4: '198.19', ipv6: 'fd6b:6561:6c65', lengths: { ipv4: 24, ipv6: 64 } },
};

/**
 * The link to the main switch, with the n-th and further addresses of a group of machines.
 *
 * @param group 1 to 255: the third part of its IPv4 addresses
 * @param number 1 to 254: the last part of its first IPv4 address
 * @param addresses how many IPv4 addresses it has
 */
export function mainLink(group: number, number: number, addresses = 1): Link {
  const { ipv4, ipv6, lengths } = NETWORKS.main;
  const of = (n: number) => `${ipv4}.${group}.${n}`;
  const further = Array.from({ length: addresses - 1 }, (_, index) => of(number + 1 + index));
  return {
    name: 'eth0',
    segment: MAIN_SEGMENT,
    ipv4: [of(number), ...further],
    ipv6: [`${ipv6}${group}:${number}`],
    lengths,
  };
}

/**
 * A link to a switch on which clients and servers hear each other without a relay.
 *
 * @param segment from 1
 * @param number 1 to 254
 */
export function clientLink(name: string, segment: number, number: number): Link {
  const { ipv4, ipv6, lengths } = NETWORKS.clients;
  return {
    name,
    segment: `br${segment}`,
    ipv4: [`${ipv4}.${segment}.${number}`],
    ipv6: [`${ipv6}:${segment}::${number}`],
    lengths,
  };
}

/** What ip(8) is told inside a machine, a command a line (`ip -batch`). */
export function addressCommands({ links }: Machine): string {
  return ['link set lo up', ...links.flatMap(commandsOf)].map((line) => `${line}\n`).join('');
}

function commandsOf({ name, ipv4, ipv6, lengths, isDefault = false }: Link): string[] {
  const hasIpv6 = existsSync('/proc/sys/net/ipv6');
  return [
    ...ipv4.map((address) => `address add ${address}/${lengths.ipv4} dev ${name}`),
    // Nobody else has the address, and a server that starts within the next second needs it.
    ...(hasIpv6 ? ipv6 : []).map((address) => `address add ${address}/${lengths.ipv6} dev ${name} nodad`),
    `link set ${name} up`,
    ...(isDefault ? [`route add default dev ${name}`] : []),
  ];
}
