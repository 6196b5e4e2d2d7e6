import { DecodeError } from '../../../../dhcp/decode-error.js';
import { isNamed, type DhcpMessage } from './dhcp-message.js';
import { readDhcp4 } from './read-dhcp4.js';
import { readDhcp6 } from './read-dhcp6.js';
import type { Datagram, Endpoint } from '../file/udp.js';

/** RFC 2131 section 4.1, RFC 8415 section 7.2. */
const PORTS: Readonly<Record<4 | 6, ReadonlySet<number>>> = {
  4: new Set([67, 68]),
  6: new Set([546, 547]),
};
/** The magic cookie, which stands before the options of a DHCPv4 message: RFC 2131 section 3. */
const MAGIC_COOKIE = 0x63825363;

export type Recognized = { message: DhcpMessage } | { malformed: DecodeError } | 'not-dhcp';

/**
 * Reads the payload of a datagram. DHCP is expected on DHCP's own ports, on `ports`, and from a known server: there,
 * a payload that can't be read is malformed. Any other datagram is DHCP only if it has DHCPv4's magic cookie in its
 * place, or is a complete DHCPv6 message with a client's DUID.
 */
export function recognize(
  { family, source, destination, payload, cut }: Datagram,
  ports: ReadonlySet<number>,
  isServer: (source: Endpoint) => boolean = () => false,
): Recognized {
  const expected =
    [source.port, destination.port].some((port) => PORTS[family].has(port) || ports.has(port)) ||
    isServer(source);
  if (!expected && family === 4 && !hasMagicCookie(payload)) return 'not-dhcp';
  if (!expected && family === 6 && !mayBeDhcp6(payload)) return 'not-dhcp';
  try {
    // The DHCPv6 decoder shares memory with its input, and the message outlives the packet's buffer. So the payload
    // is copied.
    const message = family === 4 ? readDhcp4(payload, cut) : readDhcp6(new Uint8Array(payload), cut);
    if (!expected && isNameless(message)) return 'not-dhcp';
    return { message };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return expected || family === 4 ? { malformed: error } : 'not-dhcp';
  }
}

function hasMagicCookie(payload: Buffer): boolean {
  return payload.length > 240 && payload.readUInt32BE(236) === MAGIC_COOKIE && payload.readUInt8(2) <= 16;
}

/** Whether a payload begins with a known message type, and has room for an option behind its header. */
function mayBeDhcp6(payload: Buffer): boolean {
  const type = payload[0] ?? 0;
  return type >= 1 && type <= 13 && payload.length >= (type >= 12 ? 38 : 8);
}

function isNameless(message: DhcpMessage): boolean {
  return message.role === 'passed' || (message.family === 6 && !isNamed(message.identity));
}
