/** A machine of a private network: a network namespace with one link to the switch. */
export interface Machine {
  /** As reports name what runs there: `node-1`, `dhcp4 server-2`, `clients`. */
  name: string;
  /** The addresses of its link. The first one is the address by which others know it. */
  ipv4: readonly [string, ...string[]];
  ipv6: readonly [string, ...string[]];
}

/** The link's name inside each machine. */
export const LINK = 'eth0';

/**
 * Networks that no pool of a scenario has: 198.18.0.0/15 is for measurements in closed networks (RFC 2544 appendix C.2.2),
 * and `fd00::/8` for networks of one site (RFC 4193).
 */
const NETWORKS = {
  ipv4: { start: '198.18', length: 16 },
  ipv6: { start: 'fd6b:6561:6c65:6173::', length: 64 },
};

/**
 * A machine with the n-th and further addresses of a group of machines.
 *
 * @param group 1 to 255: the third part of its IPv4 addresses
 * @param number 1 to 254: the last part of its first IPv4 address
 * @param addresses how many IPv4 addresses it has
 */
export function machineOf(name: string, group: number, number: number, addresses = 1): Machine {
  const further = Array.from({ length: addresses - 1 }, (_, index) => ipv4Of(group, number + 1 + index));
  return {
    name,
    ipv4: [ipv4Of(group, number), ...further],
    ipv6: [`${NETWORKS.ipv6.start}${group}:${number}`],
  };
}

function ipv4Of(group: number, number: number): string {
  return `${NETWORKS.ipv4.start}.${group}.${number}`;
}

/** What ip(8) is told inside a machine, a command a line (`ip -batch`). */
export function addressCommands({ ipv4, ipv6 }: Machine): string {
  return [
    'link set lo up',
    ...ipv4.map((address) => `address add ${address}/${NETWORKS.ipv4.length} dev ${LINK}`),
    // Nobody else has the address, and a server that starts within the next second needs it.
    ...ipv6.map((address) => `address add ${address}/${NETWORKS.ipv6.length} dev ${LINK} nodad`),
    `link set ${LINK} up`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
