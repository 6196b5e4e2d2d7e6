import { DecodeError } from '../decode-error.js';
import { Reader } from '../reader.js';
import { Writer } from '../writer.js';
import {
  isClientServerMessageType,
  isRelayMessageType,
  type ClientServerMessageType,
  type RelayMessageType,
} from './message-type.js';
import {
  decodeClientServerOption,
  encodeClientServerOption,
  type ClientServerOption,
} from './options/client-server.js';
import { OPTION } from './options/code.js';
import { decodeInterfaceId, encodeInterfaceId, type InterfaceIdOption } from './options/interface-id.js';
import { decodeOpaque, encodeOpaque, type OpaqueOption } from './options/opaque.js';
import { decodeSequence } from './options/sequence.js';

/** Arrays of a decoded message share memory with its datagram. */
export type Dhcp6Message = ClientServerMessage | RelayMessage;

/**
 * RFC 8415 section 8:
 *
 * ```text
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+-----------------------------------------------+
 *   |    msg-type   |               transaction-id                  |
 *   +---------------+-----------------------------------------------+
 *   |                            options                            |
 *   +---------------------------------------------------------------+
 * ```
 */
export interface ClientServerMessage {
  kind: 'client-server';
  messageType: ClientServerMessageType;
  /** 24 bits. */
  xid: number;
  options: ClientServerOption[];
}

/**
 * RFC 8415 section 9:
 *
 * ```text
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+---------------+-------------------------------+
 *   |    msg-type   |   hop-count   |                               |
 *   +---------------+---------------+                               |
 *   |                      link-address (16)                        |
 *   |                               +-------------------------------+
 *   |                               |                               |
 *   +-------------------------------+                               |
 *   |                      peer-address (16)                        |
 *   |                               +-------------------------------+
 *   |                               |        options                |
 *   +-------------------------------+-------------------------------+
 * ```
 */
export interface RelayMessage {
  kind: 'relay';
  messageType: RelayMessageType;
  hopCount: number;
  /** 16 bytes each. */
  linkAddress: Uint8Array;
  peerAddress: Uint8Array;
  /** Exactly one option carries the relayed message (RFC 8415 section 21.10). */
  options: RelayOption[];
}

export interface RelayMessageOption {
  type: 'relay-message';
  message: Dhcp6Message;
}

export type RelayOption = RelayMessageOption | InterfaceIdOption | OpaqueOption;

/** Hop counts 0 to 8 (RFC 8415 section 7.6, HOP_COUNT_LIMIT) make nine relays at most. */
export const MAX_RELAYS = 9;

/**
 * Reads a datagram and all messages and options nested in it. Throws a DecodeError, and nothing else, if it is no
 * DHCPv6 message, or if an option that the codec knows in its place is malformed.
 */
export function decodeMessage(datagram: Uint8Array): Dhcp6Message {
  return decodeNested(Reader.of(datagram), 0);
}

/** Writes a message, with its options in their order. Throws a RangeError for a value that does not fit its field. */
export function encodeMessage(message: Dhcp6Message): Uint8Array {
  const writer = new Writer();
  writeMessage(message, writer);
  return writer.finish();
}

function decodeNested(reader: Reader, depth: number): Dhcp6Message {
  const start = reader.offset;
  const messageType = reader.u8();
  if (isRelayMessageType(messageType)) {
    if (depth === MAX_RELAYS) {
      throw new DecodeError('RELAY_DEPTH', start, `more than ${MAX_RELAYS} relays around a message`);
    }
    return decodeRelay(messageType, reader, depth + 1);
  }
  if (!isClientServerMessageType(messageType)) {
    throw new DecodeError('MESSAGE_TYPE', start, `message type ${messageType}`);
  }
  return {
    kind: 'client-server',
    messageType,
    xid: reader.u24(),
    options: decodeSequence(reader, decodeClientServerOption),
  };
}

function decodeRelay(messageType: RelayMessageType, reader: Reader, depth: number): RelayMessage {
  const hopCount = reader.u8();
  const linkAddress = reader.bytes(16);
  const peerAddress = reader.bytes(16);
  const optionsAt = reader.offset;
  const options = decodeSequence<RelayOption>(reader, (code, data) => {
    if (code === OPTION.interfaceId) return decodeInterfaceId(data);
    if (code !== OPTION.relayMessage) return decodeOpaque(code, data);
    return { type: 'relay-message', message: decodeNested(data.part(data.remaining, 'TRUNCATED'), depth) };
  });
  const carried = options.filter((option) => option.type === 'relay-message').length;
  if (carried === 0)
    throw new DecodeError('MISSING_OPTION', optionsAt, 'a relay message without a relayed message');
  if (carried > 1)
    throw new DecodeError('REPEATED_OPTION', optionsAt, `a relay message with ${carried} relayed messages`);
  return { kind: 'relay', messageType, hopCount, linkAddress, peerAddress, options };
}

function writeMessage(message: Dhcp6Message, writer: Writer): void {
  writer.u8(message.messageType);
  if (message.kind === 'client-server') {
    writer.u24(message.xid);
    for (const option of message.options) encodeClientServerOption(option, writer);
    return;
  }
  writer.u8(message.hopCount);
  writer.exactly(16, message.linkAddress);
  writer.exactly(16, message.peerAddress);
  for (const option of message.options) writeRelayOption(option, writer);
}

function writeRelayOption(option: RelayOption, writer: Writer): void {
  switch (option.type) {
    case 'relay-message':
      writer.u16(OPTION.relayMessage);
      writer.lengthPrefixed(() => writeMessage(option.message, writer));
      break;
    case 'interface-id':
      encodeInterfaceId(option, writer);
      break;
    case 'opaque':
      encodeOpaque(option, writer);
      break;
  }
}
