import { DecodeError } from '../../../../dhcp/decode-error.js';
import { u32, u8 } from '../../../../dhcp/big-endian.js';
import {
  clientIdentifier,
  decodeMessage,
  hardwareAddress,
  leaseTime,
  OP,
  OPTION,
  requestedAddress,
  serverIdentifier,
  type Dhcp4Message,
} from '../../../../dhcp/v4/index.js';
import { hex } from './dhcp-message.js';
import { bytesOf } from './ipv4-text.js';
import { OPTION_PORTS } from './port-sets.js';
import { OPTION_VSS, vpnOf, vpnOfRelay } from '../network/vpn.js';

/** The fields of a DHCPv4 message that tell who asks whom for what. Addresses are 32-bit numbers, 0 for 0.0.0.0. */
export interface Fields4 {
  isReply: boolean;
  hops: number;
  xid: number;
  ciaddr: number;
  yiaddr: number;
  giaddr: number;
  /** Hexadecimal. A type other than Ethernet stands before it: `6/…`. Empty if there is none. */
  hardwareAddress: string;
  clientIdentifier: string;
  /** Option 53; undefined in a BOOTP message. */
  type: number | undefined;
  requested: number | undefined;
  server: number | undefined;
  /** Seconds. */
  leaseTime: number | undefined;
  rapidCommit: boolean;
  /** The data of option 159, as received; undefined for the whole address. */
  ports: Uint8Array | undefined;
  /**
   * The VPN that the message's addresses are of, in hexadecimal; empty for the global address space (RFC 6607 section
   * 4).
   */
  vpn: string;
}

/** RFC 2131 section 3: the magic cookie, its offset, and the offset of the options. */
const MAGIC_COOKIE = 0x63825363;
const COOKIE_AT = 236;
const OPTIONS_AT = 240;
const HARDWARE_AT = 28;
/** Option 80, RFC 4039. */
const RAPID_COMMIT = 80;
/** RFC 1700, "Number Hardware Type". */
const ETHERNET = 1;

/**
 * Reads the fields of a DHCPv4 or BOOTP message. Throws a DecodeError for any other datagram.
 *
 * @param isCut whether the end of the datagram was not captured. Of a DHCP message, what was captured is read. A
 *   BOOTP message is recognised by the lack of option 53, which may have been cut off: so a cut one is refused.
 */
export function fields4(payload: Buffer, isCut: boolean): Fields4 {
  const fields = leanFields(payload, isCut);
  if (fields === undefined && isCut) throw new DecodeError('TRUNCATED', payload.length, 'cut off');
  return fields ?? wholeFields(payload);
}

/**
 * Reads the fields in place, because a capture may have millions of messages. It reads simple messages only: each
 * option once, and in the options field. Undefined for all others, which the full decoder reads.
 */
function leanFields(payload: Buffer, isCut: boolean): Fields4 | undefined {
  const op = u8(payload, 0);
  const hardwareBytes = u8(payload, 2);
  if ((op !== OP.bootRequest && op !== OP.bootReply) || hardwareBytes > 16) return undefined;
  if (payload.length <= OPTIONS_AT || u32(payload, COOKIE_AT) !== MAGIC_COOKIE) return undefined;
  const fields: Fields4 = {
    isReply: op === OP.bootReply,
    hops: u8(payload, 3),
    xid: u32(payload, 4),
    ciaddr: u32(payload, 12),
    yiaddr: u32(payload, 16),
    giaddr: u32(payload, 24),
    hardwareAddress: withType(
      u8(payload, 1),
      payload.toString('hex', HARDWARE_AT, HARDWARE_AT + hardwareBytes),
    ),
    clientIdentifier: '',
    type: undefined,
    requested: undefined,
    server: undefined,
    leaseTime: undefined,
    rapidCommit: false,
    ports: undefined,
    vpn: '',
  };
  const end = payload.length;
  for (let at = OPTIONS_AT; at < end;) {
    const code = u8(payload, at);
    if (code === OPTION.end) return fields;
    if (code === OPTION.pad) {
      at++;
      continue;
    }
    const length = u8(payload, at + 1);
    const value = at + 2;
    at = value + length;
    if (at > end && isCut) break;
    if (at > end || !takeOption(fields, payload, code, value, length)) return undefined;
  }
  if (isCut && fields.type === undefined) return undefined;
  // The end option is missing: some servers leave it out, and Kea accepts that too.
  return fields;
}

/** Takes an option. Returns false if only the full decoder can read the message. */
function takeOption(fields: Fields4, payload: Buffer, code: number, at: number, length: number): boolean {
  switch (code) {
    case OPTION.overload:
      return false;
    case OPTION.messageType:
      if (length !== 1 || fields.type !== undefined) return false;
      fields.type = u8(payload, at);
      return true;
    case OPTION.clientIdentifier:
      if (fields.clientIdentifier !== '') return false;
      fields.clientIdentifier = payload.toString('hex', at, at + length);
      return true;
    case OPTION.requestedAddress:
      if (length !== 4 || fields.requested !== undefined) return false;
      fields.requested = u32(payload, at);
      return true;
    case OPTION.serverIdentifier:
      if (length !== 4 || fields.server !== undefined) return false;
      fields.server = u32(payload, at);
      return true;
    case OPTION.leaseTime:
      if (length !== 4 || fields.leaseTime !== undefined) return false;
      fields.leaseTime = u32(payload, at);
      return true;
    case RAPID_COMMIT:
      fields.rapidCommit = true;
      return true;
    case OPTION.relayAgentInformation:
      // A VPN is known already. A relay's word counts before its client's, and a repeated option 82 is one option:
      // the full decoder sorts that out.
      if (fields.vpn !== '') return false;
      fields.vpn = vpnOfRelay(payload.subarray(at, at + length), fields.isReply) ?? '';
      return true;
    case OPTION_PORTS:
      fields.ports = Uint8Array.from(payload.subarray(at, at + length));
      return true;
    case OPTION_VSS:
      if (fields.vpn === '') fields.vpn = vpnOf(payload.subarray(at, at + length));
      return true;
    default:
      return true;
  }
}

/** Hardware addresses are told apart by type and bytes (RFC 2131 section 4.2). */
function withType(type: number, address: string): string {
  return type === ETHERNET || address === '' ? address : `${type}/${address}`;
}

function wholeFields(payload: Buffer): Fields4 {
  const message = decoded(withCookie(new Uint8Array(payload)));
  const requested = requestedAddress(message);
  const server = serverIdentifier(message);
  const type = message.options.get(OPTION.messageType);
  const isReply = message.op === OP.bootReply;
  return {
    isReply,
    hops: message.hops,
    xid: message.xid,
    ciaddr: u32(message.ciaddr, 0),
    yiaddr: u32(message.yiaddr, 0),
    giaddr: u32(message.giaddr, 0),
    hardwareAddress: withType(message.htype, hex(hardwareAddress(message))),
    clientIdentifier: hex(clientIdentifier(message)),
    type: type === undefined ? undefined : u8(type, 0),
    requested: requested && u32(requested, 0),
    server: server && u32(server, 0),
    leaseTime: leaseTime(message),
    rapidCommit: message.options.has(RAPID_COMMIT),
    ports: message.options.get(OPTION_PORTS),
    vpn: vpnIn(message, isReply),
  };
}

function vpnIn({ options }: Dhcp4Message, isReply: boolean): string {
  const relay = options.get(OPTION.relayAgentInformation);
  const client = options.get(OPTION_VSS);
  const ofRelay = relay === undefined ? undefined : vpnOfRelay(relay, isReply);
  return ofRelay ?? (client === undefined ? '' : vpnOf(client));
}

/** Decodes a message, even without its end option: some servers leave that out. */
function decoded(datagram: Uint8Array): Dhcp4Message {
  try {
    return decodeMessage(datagram);
  } catch (error) {
    if (!(error instanceof DecodeError) || error.code !== 'MISSING_END') throw error;
    return decodeMessage(Uint8Array.of(...datagram, OPTION.end));
  }
}

/**
 * A BOOTP message may have a vendor area without the cookie, or none (RFC 951). It is read as a message without
 * options.
 */
function withCookie(datagram: Uint8Array): Uint8Array {
  const op = u8(datagram, 0);
  if (datagram.length < COOKIE_AT || op < 1 || op > 2) return datagram;
  if (datagram.length >= OPTIONS_AT && u32(datagram, COOKIE_AT) === MAGIC_COOKIE) return datagram;
  const whole = new Uint8Array(OPTIONS_AT);
  whole.set(datagram.subarray(0, COOKIE_AT));
  new DataView(whole.buffer).setUint32(COOKIE_AT, MAGIC_COOKIE);
  return whole;
}

/**
 * The content of a request: message type, requested address, server and ciaddr, in a short flat string. Each request
 * keeps its own, so every byte counts.
 */
export function contentOf({ type = 0, requested, server, ciaddr }: Fields4): string {
  const said = (requested === undefined ? 0 : 1) + (server === undefined ? 0 : 2);
  const [a = 0, b = 0] = [requested, server];
  return String.fromCharCode(
    (type << 2) | said,
    ...[a >>> 16, a & 0xffff, b >>> 16, b & 0xffff, ciaddr >>> 16, ciaddr & 0xffff],
  );
}

/** The address that a request with this content names, in option 50 or else in ciaddr; empty for none. */
export function addressIn(content: string): Uint8Array {
  const at = (content.charCodeAt(0) & 1) === 1 ? 1 : 5;
  const address = ((content.charCodeAt(at) << 16) | content.charCodeAt(at + 1)) >>> 0;
  return address === 0 ? new Uint8Array(0) : bytesOf(address);
}
