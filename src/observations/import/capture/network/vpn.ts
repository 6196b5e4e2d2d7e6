import { u8 } from '../../../../dhcp/big-endian.js';
import { hex } from '../message/dhcp-message.js';

/**
 * Virtual subnet selection (RFC 6607). A VPN has addresses of its own. An option of the client (section 3.1) or a
 * sub-option of its relay (section 3.3) says which VPN a lease is of; in DHCPv6 it is option 68.
 */
export const OPTION_VSS = 221;
/** Sub-options of option 82. */
const VIRTUAL_SUBNET = 151;
const NOT_HONOURED = 152;
/** The type of VSS information that names no VPN (section 3.5). */
const GLOBAL = 255;

/** The VPN that VSS information names, in hexadecimal; empty for the global address space. */
export function vpnOf(information: Uint8Array): string {
  return information[0] === GLOBAL ? '' : hex(information);
}

/**
 * The VPN that a relay names in option 82; undefined if it names none. A server that supports VPNs takes sub-option
 * 152 out of its answer. If an answer still has it, the answer is of the global address space.
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
