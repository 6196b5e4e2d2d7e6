import { DecodeError } from '../decode-error.js';
import { type Dhcp4Message, OPTIONS_OFFSET } from './message.js';
import { isMessageType, type MessageType } from './message-type.js';
import { OPTION } from './options/code.js';
import { decodeRelayAgentInformation, type RelaySubOption } from './options/relay-agent-information.js';

/*
 * Typed views of a message's fields. For an option that is not there the result is `undefined`. An option whose
 * length RFC 2132 does not allow throws a DecodeError (`OPTION_LENGTH`).
 */

/** The bytes of chaddr that hold the address: the first `hlen` (RFC 2131 section 2). */
export function hardwareAddress(message: Dhcp4Message): Uint8Array {
  return message.chaddr.subarray(0, message.hlen);
}

/**
 * Option 53, RFC 2132 section 9.6. Throws `MESSAGE_TYPE` for an unknown value, and for a BOOTP message, which has
 * none.
 */
export function messageType(message: Dhcp4Message): MessageType {
  const value = sized(message, OPTION.messageType, 1)?.[0];
  if (value === undefined || !isMessageType(value)) {
    throw new DecodeError('MESSAGE_TYPE', OPTIONS_OFFSET, `DHCP message type ${value ?? 'missing'}`);
  }
  return value;
}

/**
 * Option 61. RFC 2132 section 9.14 wants at least two bytes. Any length is accepted here, as identifiers are compared
 * byte for byte.
 */
export function clientIdentifier(message: Dhcp4Message): Uint8Array | undefined {
  return message.options.get(OPTION.clientIdentifier);
}

/** Option 54, RFC 2132 section 9.7. */
export function serverIdentifier(message: Dhcp4Message): Uint8Array | undefined {
  return sized(message, OPTION.serverIdentifier, 4);
}

/** Option 50, RFC 2132 section 9.1. */
export function requestedAddress(message: Dhcp4Message): Uint8Array | undefined {
  return sized(message, OPTION.requestedAddress, 4);
}

/** Option 51 in seconds, RFC 2132 section 9.2; 0xffffffff is infinity (RFC 2131 section 3.3). */
export function leaseTime(message: Dhcp4Message): number | undefined {
  return seconds(message, OPTION.leaseTime);
}

/** T1, option 58 in seconds, RFC 2132 section 9.11. */
export function renewalTime(message: Dhcp4Message): number | undefined {
  return seconds(message, OPTION.renewalTime);
}

/** T2, option 59 in seconds, RFC 2132 section 9.12. */
export function rebindingTime(message: Dhcp4Message): number | undefined {
  return seconds(message, OPTION.rebindingTime);
}

/** Option 56, why a server refused, RFC 2132 section 9.9. Bytes that are not UTF-8 read as U+FFFD. */
export function statusMessage(message: Dhcp4Message): string | undefined {
  const value = message.options.get(OPTION.statusMessage);
  return value && new TextDecoder().decode(value);
}

/** Option 82, RFC 3046. */
export function relayAgentInformation(message: Dhcp4Message): RelaySubOption[] | undefined {
  const value = message.options.get(OPTION.relayAgentInformation);
  return value && decodeRelayAgentInformation(value);
}

function sized(message: Dhcp4Message, code: number, length: number): Uint8Array | undefined {
  const value = message.options.get(code);
  if (value !== undefined && value.length !== length) {
    throw new DecodeError('OPTION_LENGTH', OPTIONS_OFFSET, `option ${code} has ${value.length} bytes`);
  }
  return value;
}

function seconds(message: Dhcp4Message, code: number): number | undefined {
  const value = sized(message, code, 4);
  return value && new DataView(value.buffer, value.byteOffset, 4).getUint32(0);
}
