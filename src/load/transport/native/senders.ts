import { formatIpv6 } from '../../../dhcp/v6/index.js';
import { parseIpv4 } from '../../../dhcp/v4/index.js';
import { parseIpv6 } from '../../../dhcp/v6/index.js';
import type { Sender } from '../transport.js';
import { sameBytes } from '../../exchanges/bytes.js';

const AF_INET = 2;
const AF_INET6 = 10;
/** More peers than a link has. Then those that were seen first are forgotten. */
const MOST_KNOWN = 256;

/** Reads the names of peers. A peer that was seen before is not read again. */
export class Senders {
  readonly #known: { name: Uint8Array; sender: Sender }[] = [];

  of(name: Uint8Array): Sender {
    for (const one of this.#known) if (sameBytes(one.name, name)) return one.sender;
    const sender = readName(name);
    if (this.#known.length === MOST_KNOWN) this.#known.shift();
    this.#known.push({ name: Uint8Array.from(name), sender });
    return sender;
  }
}

/** Writes a `sockaddr_in` or `sockaddr_in6` (ip(7), ipv6(7)). */
export function nameOf({ address, port }: Sender): Uint8Array {
  const isV6 = address.includes(':');
  const name = new Uint8Array(isV6 ? 28 : 16);
  const view = new DataView(name.buffer);
  view.setUint16(0, isV6 ? AF_INET6 : AF_INET, true);
  view.setUint16(2, port);
  name.set(isV6 ? parseIpv6(address) : parseIpv4(address), isV6 ? 8 : 4);
  return name;
}

function readName(name: Uint8Array): Sender {
  const view = new DataView(name.buffer, name.byteOffset, name.length);
  const port = view.getUint16(2);
  const address =
    view.getUint16(0, true) === AF_INET6 ? formatIpv6(name.subarray(8, 24)) : name.subarray(4, 8).join('.');
  return { address, port };
}
