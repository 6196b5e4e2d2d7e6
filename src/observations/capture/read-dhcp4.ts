import {
  clientIdentifier,
  decodeMessage,
  hardwareAddress,
  isUnspecifiedIpv4,
  MESSAGE_TYPE,
  messageType,
  OP,
  readReply,
  type Dhcp4Message,
} from '../../dhcp/v4/index.js';
import { hex, type DhcpMessage, type DhcpReply, type RequestType } from './dhcp-message.js';

const REQUEST_TYPE: Readonly<Record<number, RequestType>> = {
  [MESSAGE_TYPE.discover]: 'discover',
  [MESSAGE_TYPE.release]: 'release',
  [MESSAGE_TYPE.decline]: 'decline',
};

const REPLY_TYPE = {
  [MESSAGE_TYPE.offer]: 'offer',
  [MESSAGE_TYPE.ack]: 'ack',
  [MESSAGE_TYPE.nak]: 'nak',
} as const;

/** Option 80, RFC 4039. */
const RAPID_COMMIT = 80;
const NOTHING = new Uint8Array(0);

/** Throws a DecodeError for a datagram that is no DHCPv4 message. */
export function readDhcp4(datagram: Uint8Array): DhcpMessage {
  const message = decodeMessage(datagram);
  if (message.op === OP.bootReply) return readAnswer(message);
  return {
    role: 'request',
    family: 4,
    type: requestType(message),
    xid: message.xid,
    relayed: !isUnspecifiedIpv4(message.giaddr),
    client: {
      family: 4,
      hardwareAddress: hex(hardwareAddress(message)),
      clientIdentifier: hex(clientIdentifier(message)),
    },
    leaseTypes: ['address'],
  };
}

/** A REQUEST that fills in ciaddr prolongs a lease (RFC 2131 section 4.3.2). */
function requestType(message: Dhcp4Message): RequestType {
  const type = messageType(message);
  if (type === MESSAGE_TYPE.request) return isUnspecifiedIpv4(message.ciaddr) ? 'request' : 'renew';
  return REQUEST_TYPE[type] ?? 'other';
}

function readAnswer(message: Dhcp4Message): DhcpReply {
  const reply = readReply(message);
  const type = REPLY_TYPE[reply.messageType];
  const isLease = type !== 'nak' && !isUnspecifiedIpv4(reply.yiaddr);
  const validLifetime = reply.leaseTime ?? 0;
  const hardware = hex(reply.hardwareAddress);
  const identifier = reply.clientIdentifier && hex(reply.clientIdentifier);
  return {
    role: 'reply',
    family: 4,
    type,
    xid: reply.xid,
    rapidCommit: message.options.has(RAPID_COMMIT),
    // RFC 6842 section 3: older servers don't send the client identifier back.
    isFor: (client) =>
      client.family === 4 &&
      client.hardwareAddress === hardware &&
      (identifier === undefined || client.clientIdentifier === identifier),
    leaseTypes: ['address'],
    given: () => [
      {
        kind: type === 'nak' ? 'nak' : isLease && validLifetime > 0 ? 'lease' : 'no-lease',
        lease: isLease ? reply.yiaddr : NOTHING,
        prefixLength: 32,
        validLifetime,
        statusCode: 0,
      },
    ],
  };
}
