import { u8 } from '../../dhcp/big-endian.js';
import { hex } from './dhcp-message.js';

/**
 * Virtual subnet selection, RFC 6607: a VPN has addresses of its own, and which VPN a lease is of is said by an option of the
 * client (section 3.1) or by a sub-option of its relay (section 3.3), in DHCPv6 by option 68.
 */
export const OPTION_VSS = 221;
/** Sub-options of option 82. */
const VIRTUAL_SUBNET = 151;
const NOT_HONOURED = 152;
/** The type of VSS information that names no VPN (section 3.5). */
const GLOBAL = 255;

/** What VSS information names, hexadecimal; empty for the global address space. */
export function vpnOf(information: Uint8Array): string {
  return information[0] === GLOBAL ? '' : hex(information);
}

/**
 * What a relay says in option 82; undefined where it says nothing of VPNs. A server that knows them takes sub-option 152 out of
 * its answer; where that came back, the answer is of the global address space.
 */
export function vpnOfRelay(options: Uint8Array, isReply: boolean): string | undefined {
  let named: string | undefined;
  for (let at = 0; at + 2 <= options.length; at += 2 + u8(options, at + 1)) {
    const code = u8(options, at);
    if (code === NOT_HONOURED && isReply) return '';
    if (code === VIRTUAL_SUBNET) named ??= vpnOf(options.subarray(at + 2, at + 2 + u8(options, at + 1)));
  }
  return named;
}
