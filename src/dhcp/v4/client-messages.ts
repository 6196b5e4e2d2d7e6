import type { SentOptions } from '../sent-options.js';
import { unspecifiedIpv4 } from './address.js';
import { type Dhcp4Message, OP } from './message.js';
import { MESSAGE_TYPE, type MessageType } from './message-type.js';
import { OPTION, type Options } from './options/code.js';
import { encodeRelayAgentInformation, type RelaySubOption } from './options/relay-agent-information.js';

/**
 * What identifies a client to a server (RFC 2131 section 4.2): the client identifier if there is one, else the
 * hardware address. And what its messages carry besides.
 */
export interface Dhcp4Identity {
  /** At most 16 bytes; the hardware type is always Ethernet. */
  hardwareAddress: Uint8Array;
  clientIdentifier?: Uint8Array | undefined;
  sent?: SentOptions | undefined;
}

/** The relay agent that passes a client's message on (RFC 1542 section 4.1.1). */
export interface Dhcp4Relay {
  /** giaddr, four bytes: the server picks the subnet by it and sends its answers to it. */
  address: Uint8Array;
  /** Sub-options for option 82 (RFC 3046), before those of the client's line. */
  agentInformation?: readonly RelaySubOption[];
  /** How many relays pass the message on, one after the other; 1 by default (RFC 1542 section 4.1.1). */
  hops?: number | undefined;
}

export interface DiscoverInput {
  /** 32 bits. */
  xid: number;
  identity: Dhcp4Identity;
  /** Without a relay the message is the client's own: hops 0 and giaddr 0.0.0.0. */
  relay?: Dhcp4Relay | undefined;
  /**
   * Whether the server must broadcast its answer, as the client can't receive it otherwise (RFC 2131 section 4.1); false
   * unless given.
   */
  broadcast?: boolean | undefined;
  /** Seconds since the client began, 0 unless given. */
  secs?: number;
  /** Codes for option 55, which is left out if there are none. */
  parameterRequestList?: readonly number[];
}

/** What a client keeps of the offer that it takes. A `Dhcp4Reply` has these fields. */
export interface AcceptedOffer {
  /** Four bytes each. */
  yiaddr: Uint8Array;
  serverIdentifier: Uint8Array;
}

export interface RequestInput extends DiscoverInput {
  offer: AcceptedOffer;
}

/**
 * DHCPDISCOVER (RFC 2131 section 4.4.1).
 *
 * ```ts
 * const bytes = encodeMessage(discover({ xid: 1, identity: { hardwareAddress }, relay: { address } }));
 * ```
 */
export function discover(input: DiscoverInput): Dhcp4Message {
  return clientMessage(MESSAGE_TYPE.discover, input, []);
}

/**
 * DHCPREQUEST in the SELECTING state (RFC 2131 section 4.3.2): the offered address in option 50, the chosen server in
 * option 54, and ciaddr zero. The caller chooses the transaction id; RFC 2131 section 4.4.1 wants that of the offer.
 */
export function request(input: RequestInput): Dhcp4Message {
  return clientMessage(MESSAGE_TYPE.request, input, [
    [OPTION.requestedAddress, input.offer.yiaddr],
    [OPTION.serverIdentifier, input.offer.serverIdentifier],
  ]);
}

/** The input for a message about a lease that the client holds. */
export interface HoldingInput extends DiscoverInput {
  /** Four bytes. */
  address: Uint8Array;
}

/** The input for a message that gives a lease back: the lease, and the server that granted it. */
export interface ReleaseInput extends Pick<
  HoldingInput,
  'xid' | 'identity' | 'relay' | 'broadcast' | 'address'
> {
  serverIdentifier: Uint8Array;
}

/**
 * DHCPREQUEST in the states RENEWING and REBINDING: the address in ciaddr, and neither option 50 nor 54 (RFC 2131
 * section 4.3.2). The messages of both states are the same. One goes to the server that granted the lease, the other
 * to any server (section 4.4.5).
 */
export function renew(input: HoldingInput): Dhcp4Message {
  return { ...clientMessage(MESSAGE_TYPE.request, input, []), ciaddr: input.address };
}

/**
 * DHCPREQUEST in the state INIT-REBOOT (RFC 2131 section 4.3.2): the address that the client remembers in option 50, no
 * server, and ciaddr zero.
 */
export function initReboot(input: HoldingInput): Dhcp4Message {
  return clientMessage(MESSAGE_TYPE.request, input, [[OPTION.requestedAddress, input.address]]);
}

/**
 * DHCPRELEASE (RFC 2131 section 4.4.6 and table 5): the address in ciaddr, the server in option 54. No server answers
 * it.
 */
export function release(input: ReleaseInput): Dhcp4Message {
  const message = clientMessage(MESSAGE_TYPE.release, input, [
    [OPTION.serverIdentifier, input.serverIdentifier],
  ]);
  return { ...message, ciaddr: input.address };
}

/**
 * DHCPDECLINE (RFC 2131 section 4.4.4 and table 5): somebody else uses the address. The address stands in option 50,
 * the server in option 54, and ciaddr is zero. No server answers it.
 */
export function decline(input: ReleaseInput): Dhcp4Message {
  return clientMessage(MESSAGE_TYPE.decline, input, [
    [OPTION.requestedAddress, input.address],
    [OPTION.serverIdentifier, input.serverIdentifier],
  ]);
}

/** The only flag (RFC 2131 figure 2). */
const BROADCAST = 0x8000;

function clientMessage(
  type: MessageType,
  { xid, identity, relay, broadcast = false, secs = 0, parameterRequestList = [] }: DiscoverInput,
  more: readonly (readonly [number, Uint8Array])[],
): Dhcp4Message {
  const options: Options = new Map([[OPTION.messageType, Uint8Array.of(type)]]);
  if (identity.clientIdentifier !== undefined) {
    options.set(OPTION.clientIdentifier, identity.clientIdentifier);
  }
  for (const [code, value] of more) options.set(code, value);
  if (parameterRequestList.length > 0) {
    options.set(OPTION.parameterRequestList, Uint8Array.from(parameterRequestList));
  }
  for (const { code, value } of identity.sent?.own ?? []) options.set(code, value);
  const agentInformation = relay && [...(relay.agentInformation ?? []), ...(identity.sent?.relay ?? [])];
  if (agentInformation !== undefined && agentInformation.length > 0) {
    options.set(OPTION.relayAgentInformation, encodeRelayAgentInformation(agentInformation));
  }
  return {
    op: OP.bootRequest,
    htype: 1,
    hlen: identity.hardwareAddress.length,
    hops: relay === undefined ? 0 : (relay.hops ?? 1),
    xid,
    secs,
    flags: broadcast ? BROADCAST : 0,
    ciaddr: unspecifiedIpv4(),
    yiaddr: unspecifiedIpv4(),
    siaddr: unspecifiedIpv4(),
    giaddr: relay?.address ?? unspecifiedIpv4(),
    chaddr: padded(identity.hardwareAddress),
    sname: new Uint8Array(64),
    file: new Uint8Array(128),
    options,
  };
}

function padded(hardwareAddress: Uint8Array): Uint8Array {
  const chaddr = new Uint8Array(16);
  chaddr.set(hardwareAddress);
  return chaddr;
}
