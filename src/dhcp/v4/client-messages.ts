import { unspecifiedIpv4 } from './address.js';
import { type Dhcp4Message, OP } from './message.js';
import { MESSAGE_TYPE, type MessageType } from './message-type.js';
import { OPTION, type Options } from './options/code.js';
import { encodeRelayAgentInformation, type RelaySubOption } from './options/relay-agent-information.js';

/** Who a client is to a server (RFC 2131 section 4.2): the client identifier if there is one, else the hardware. */
export interface Dhcp4Identity {
  /** At most 16 bytes, of an Ethernet. */
  hardwareAddress: Uint8Array;
  clientIdentifier?: Uint8Array | undefined;
}

/** The relay agent that passes a client's message on (RFC 1542 section 4.1.1). */
export interface Dhcp4Relay {
  /** giaddr, four bytes: the server picks the subnet by it and sends its answers to it. */
  address: Uint8Array;
  /** Sub-options for option 82 (RFC 3046). */
  agentInformation?: readonly RelaySubOption[];
}

export interface DiscoverInput {
  /** 32 bits. */
  xid: number;
  identity: Dhcp4Identity;
  /** Without one the message is the client's own, hops 0 and giaddr 0.0.0.0. */
  relay?: Dhcp4Relay | undefined;
  /** Seconds since the client began, 0 unless given. */
  secs?: number;
  /** Codes for option 55, which is left out if there are none. */
  parameterRequestList?: readonly number[];
}

/** What a client keeps of the offer it takes; a `Dhcp4Reply` is one. */
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
 * DHCPREQUEST in the SELECTING state (RFC 2131 section 4.3.2): the offered address in option 50, the server chosen
 * in option 54, and ciaddr zero. The transaction id is for the caller to choose; RFC 2131 section 4.4.1 wants that
 * of the offer.
 */
export function request(input: RequestInput): Dhcp4Message {
  return clientMessage(MESSAGE_TYPE.request, input, [
    [OPTION.requestedAddress, input.offer.yiaddr],
    [OPTION.serverIdentifier, input.offer.serverIdentifier],
  ]);
}

/** A client that holds a lease, which a message of its is about. */
export interface HoldingInput extends DiscoverInput {
  /** Four bytes. */
  address: Uint8Array;
}

/** What a client gives back, and to whom. */
export interface ReleaseInput extends Pick<HoldingInput, 'xid' | 'identity' | 'relay' | 'address'> {
  serverIdentifier: Uint8Array;
}

/**
 * DHCPREQUEST in the states RENEWING and REBINDING: the address in ciaddr, and neither option 50 nor 54 (RFC 2131 section
 * 4.3.2). The two differ in where they are sent: to the server that gave the lease, or to any (section 4.4.5).
 */
export function renew(input: HoldingInput): Dhcp4Message {
  return { ...clientMessage(MESSAGE_TYPE.request, input, []), ciaddr: input.address };
}

/** DHCPRELEASE (RFC 2131 section 4.4.6 and table 5): the address in ciaddr, the server in option 54. No answer comes. */
export function release(input: ReleaseInput): Dhcp4Message {
  const message = clientMessage(MESSAGE_TYPE.release, input, [
    [OPTION.serverIdentifier, input.serverIdentifier],
  ]);
  return { ...message, ciaddr: input.address };
}

/**
 * DHCPDECLINE (RFC 2131 section 4.4.4 and table 5): somebody else uses the address, which stands in option 50, with ciaddr
 * zero and the server in option 54. No answer comes.
 */
export function decline(input: ReleaseInput): Dhcp4Message {
  return clientMessage(MESSAGE_TYPE.decline, input, [
    [OPTION.requestedAddress, input.address],
    [OPTION.serverIdentifier, input.serverIdentifier],
  ]);
}

function clientMessage(
  type: MessageType,
  { xid, identity, relay, secs = 0, parameterRequestList = [] }: DiscoverInput,
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
  if (relay?.agentInformation !== undefined) {
    options.set(OPTION.relayAgentInformation, encodeRelayAgentInformation(relay.agentInformation));
  }
  return {
    op: OP.bootRequest,
    htype: 1,
    hlen: identity.hardwareAddress.length,
    hops: relay === undefined ? 0 : 1,
    xid,
    secs,
    flags: 0,
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
