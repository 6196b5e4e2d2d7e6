import type { CaseSubnet } from './case-subnet.js';

/** The distance between the subnet-ids of one case's subnets, so that no two cases have an id in common. */
const IDS_APART = 100;

/**
 * The subnets of a case that is asked through several relays: one subnet for each relay, selected by the relay's
 * address. Each subnet has a part of the case's pools. There is room for 16.
 */
export function subnetsBehind(relays: number, whole: CaseSubnet): CaseSubnet[] {
  const bits = Math.ceil(Math.log2(relays));
  return Array.from({ length: relays }, (_, relay) => ({
    id: whole.id + IDS_APART * relay,
    ...(whole.subnet.includes(':') ? ipv6Part(whole, relay, bits) : ipv4Part(relay, bits)),
  }));
}

type Part = Omit<CaseSubnet, 'id'>;

/**
 * A part of 10.0.0.0/8. The relay's address is in 127.0.0.0/8, where every address is this machine's own (RFC 1122
 * section 3.2.1.3).
 */
function ipv4Part(relay: number, bits: number): Part {
  const size = 256 >>> bits;
  const from = relay * size;
  return {
    subnet: `10.${from}.0.0/${8 + bits}`,
    pool: { first: `10.${from + 1}.0.0`, last: `10.${from + size - 2}.255.255` },
    relayAddress: `127.0.0.${1 + relay}`,
  };
}

/** A /64 of its own for addresses, and a part of the case's prefixes. */
function ipv6Part({ subnet, pool, prefixPool }: CaseSubnet, relay: number, bits: number): Part {
  const whole = subnet.slice(0, -'::/64'.length);
  const network = relay === 0 ? whole : `${whole}:${relay.toString(16)}`;
  return {
    subnet: `${network}::/64`,
    ...(pool && { pool: { first: `${network}::1:0`, last: `${network}::ffff:ffff` } }),
    ...(prefixPool && { prefixPool: prefixPart(prefixPool, relay, bits) }),
    relayAddress: `${network}::1`,
  };
}

/**
 * A part of a pool of prefixes. The bits that number the parts, after the first `length` bits, are in the third
 * group.
 */
function prefixPart(
  { prefix, length, delegatedLength }: NonNullable<CaseSubnet['prefixPool']>,
  relay: number,
  bits: number,
): NonNullable<CaseSubnet['prefixPool']> {
  const groups = prefix.replace('::', '').split(':');
  const third = parseInt(groups[2] ?? '0', 16) + relay * 2 ** (48 - length - bits);
  return {
    prefix: `${groups[0]}:${groups[1]}:${third.toString(16)}::`,
    length: length + bits,
    delegatedLength,
  };
}
