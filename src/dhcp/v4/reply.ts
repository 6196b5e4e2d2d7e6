import { DecodeError } from '../decode-error.js';
import { isUnspecifiedIpv4 } from './address.js';
import {
  clientIdentifier,
  hardwareAddress,
  leaseTime,
  messageType,
  rebindingTime,
  renewalTime,
  serverIdentifier,
  statusMessage,
} from './fields.js';
import { type Dhcp4Message, OP, OPTIONS_OFFSET } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';

/** What a server's answer means to a client. */
export interface Dhcp4Reply {
  messageType: Dhcp4ReplyType;
  xid: number;
  /** The client's option 61. RFC 6842 section 3 makes a server send it back; older servers don't. */
  clientIdentifier: Uint8Array | undefined;
  hardwareAddress: Uint8Array;
  /** Four bytes; 0.0.0.0 in a NAK. */
  yiaddr: Uint8Array;
  serverIdentifier: Uint8Array;
  /** In seconds; 0xffffffff is infinity; `undefined` where the answer has none, as in a NAK. */
  leaseTime: number | undefined;
  /** T1 and T2, in seconds; `undefined` where the answer has none. */
  renewalTime: number | undefined;
  rebindingTime: number | undefined;
  /** Option 56, why a NAK was sent. */
  statusMessage: string | undefined;
}

export type Dhcp4ReplyType = typeof MESSAGE_TYPE.offer | typeof MESSAGE_TYPE.ack | typeof MESSAGE_TYPE.nak;

/**
 * Reads a decoded message as the answer to a DISCOVER or a REQUEST. Throws a DecodeError if it is no answer, or lacks
 * what RFC 2131 section 4.3.1, table 3, demands: a server identifier, and a lease time if it has an address.
 */
export function readReply(message: Dhcp4Message): Dhcp4Reply {
  if (message.op !== OP.bootReply) throw new DecodeError('MESSAGE_TYPE', 0, 'a request, not a reply');
  const type = replyType(message);
  const server = serverIdentifier(message);
  if (server === undefined) throw missing('server identifier');
  const time = leaseTime(message);
  if (time === undefined && type !== MESSAGE_TYPE.nak && !isUnspecifiedIpv4(message.yiaddr)) {
    throw missing('lease time');
  }
  return {
    messageType: type,
    xid: message.xid,
    clientIdentifier: clientIdentifier(message),
    hardwareAddress: hardwareAddress(message),
    yiaddr: message.yiaddr,
    serverIdentifier: server,
    leaseTime: time,
    renewalTime: renewalTime(message),
    rebindingTime: rebindingTime(message),
    statusMessage: statusMessage(message),
  };
}

function replyType(message: Dhcp4Message): Dhcp4ReplyType {
  const type = messageType(message);
  if (type === MESSAGE_TYPE.offer || type === MESSAGE_TYPE.ack || type === MESSAGE_TYPE.nak) return type;
  throw new DecodeError('MESSAGE_TYPE', OPTIONS_OFFSET, `message type ${type} is not an answer`);
}

function missing(what: string): DecodeError {
  return new DecodeError('MISSING_OPTION', OPTIONS_OFFSET, `an answer without ${what}`);
}
