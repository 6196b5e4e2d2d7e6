import { DecodeError } from '../../dhcp/decode-error.js';
import {
  clientIdentifier,
  decodeMessage,
  formatIpv4,
  hardwareAddress,
  isUnspecifiedIpv4,
  MESSAGE_TYPE,
  OP,
  OPTION,
  readReply,
  requestedAddress,
  serverIdentifier,
  type Dhcp4Message,
} from '../../dhcp/v4/index.js';
import {
  hex,
  type Association,
  type DhcpMessage,
  type DhcpReply,
  type DhcpRequest,
  type Given,
  type Identity,
  type Named,
  type RequestType,
} from './dhcp-message.js';

/** The one binding of a DHCPv4 client. */
const BINDING: Association = { kind: 'v4', iaid: 0 };
const ABOUT: readonly Association[] = [BINDING];
const NOTHING = new Uint8Array(0);
/** A BOOTP client keeps its address for ever (RFC 1534 section 2). */
const FOR_EVER = 0xffff_ffff;
/** Option 80, RFC 4039. */
const RAPID_COMMIT = 80;
/** Before the options of a DHCPv4 message, and where they begin: RFC 2131 section 3. */
const MAGIC_COOKIE = 0x63825363;
const COOKIE_AT = 236;

const REQUESTS: Readonly<Record<number, { type: RequestType; word: string }>> = {
  [MESSAGE_TYPE.discover]: { type: 'discover', word: 'DISCOVER' },
  [MESSAGE_TYPE.request]: { type: 'request', word: 'REQUEST' },
  [MESSAGE_TYPE.release]: { type: 'release', word: 'RELEASE' },
  [MESSAGE_TYPE.decline]: { type: 'decline', word: 'DECLINE' },
  [MESSAGE_TYPE.inform]: { type: 'other', word: 'INFORM' },
};

const REPLIES: Readonly<Record<number, 'offer' | 'ack' | 'nak'>> = {
  [MESSAGE_TYPE.offer]: 'offer',
  [MESSAGE_TYPE.ack]: 'ack',
  [MESSAGE_TYPE.nak]: 'nak',
};

/** Messages that are about no lease of their sender: RFC 3203, RFC 4388, RFC 6926, RFC 7724. */
const PASSED: Readonly<Record<number, string>> = {
  9: 'FORCERENEW',
  10: 'LEASEQUERY',
  11: 'LEASEUNASSIGNED',
  12: 'LEASEUNKNOWN',
  13: 'LEASEACTIVE',
  14: 'BULKLEASEQUERY',
  15: 'LEASEQUERYDONE',
  16: 'ACTIVELEASEQUERY',
  17: 'LEASEQUERYSTATUS',
  18: 'TLS',
};

/** Throws a DecodeError for a datagram that is neither a DHCPv4 message nor one of BOOTP. */
export function readDhcp4(datagram: Uint8Array): DhcpMessage {
  const message = decodeMessage(withCookie(datagram));
  const type = message.options.get(OPTION.messageType);
  if (type === undefined) return message.op === OP.bootReply ? bootReply(message) : bootRequest(message);
  const [code = 0] = type;
  const word = PASSED[code];
  if (word !== undefined) return { role: 'passed', word };
  return message.op === OP.bootReply ? reply(message) : request(message, code);
}

/** A BOOTP message may have a vendor area without the cookie, or none (RFC 951): read as one without options. */
function withCookie(datagram: Uint8Array): Uint8Array {
  const [op = 0] = datagram;
  if (datagram.length < COOKIE_AT || op < 1 || op > 2) return datagram;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  if (datagram.length >= COOKIE_AT + 4 && view.getUint32(COOKIE_AT) === MAGIC_COOKIE) return datagram;
  const whole = new Uint8Array(COOKIE_AT + 4);
  whole.set(datagram.subarray(0, COOKIE_AT));
  new DataView(whole.buffer).setUint32(COOKIE_AT, MAGIC_COOKIE);
  return whole;
}

function request(message: Dhcp4Message, code: number): DhcpRequest {
  const known = REQUESTS[code];
  if (known === undefined) throw new DecodeError('MESSAGE_TYPE', COOKIE_AT, `message type ${code}`);
  const holds = !isUnspecifiedIpv4(message.ciaddr);
  // A REQUEST that fills in ciaddr prolongs a lease (RFC 2131 section 4.3.2).
  const type = known.type === 'request' && holds ? 'renew' : known.type;
  const asked = requestedAddress(message);
  const server = serverIdentifier(message);
  return {
    ...common(message),
    type,
    word: known.word,
    associations: ABOUT,
    named: namedBy(type, holds ? message.ciaddr : undefined, asked),
    server: server && formatIpv4(server),
    content: `${type} ${hex(asked)} ${hex(server)} ${hex(message.ciaddr)}`,
  };
}

/** RFC 2131 table 5: a RELEASE names its address in ciaddr, a DECLINE in option 50. */
function namedBy(
  type: RequestType,
  ciaddr: Uint8Array | undefined,
  asked: Uint8Array | undefined,
): readonly Named[] {
  const named = (lease: Uint8Array | undefined): readonly Named[] => [
    { association: BINDING, lease: lease ?? NOTHING, prefixLength: 32 },
  ];
  if (type === 'renew' || type === 'release') return named(ciaddr);
  return type === 'decline' ? named(asked ?? ciaddr) : [];
}

function bootRequest(message: Dhcp4Message): DhcpRequest {
  return {
    ...common(message),
    type: 'bootp',
    word: 'BOOTREQUEST',
    associations: ABOUT,
    named: [],
    server: undefined,
    content: `bootp ${hex(message.ciaddr)}`,
  };
}

function common(message: Dhcp4Message) {
  return {
    role: 'request',
    family: 4,
    xid: message.xid,
    relayed: !isUnspecifiedIpv4(message.giaddr),
    hops: message.hops,
    identity: identityIn(message),
  } as const;
}

function identityIn(message: Dhcp4Message): Identity {
  return {
    family: 4,
    hardwareAddress: hex(hardwareAddress(message)),
    clientIdentifier: hex(clientIdentifier(message)),
  };
}

function reply(message: Dhcp4Message): DhcpReply {
  const answer = readReply(message);
  const type = REPLIES[answer.messageType] ?? 'nak';
  const lifetime = answer.leaseTime ?? 0;
  const isLease = type !== 'nak' && !isUnspecifiedIpv4(answer.yiaddr);
  return {
    role: 'reply',
    family: 4,
    type,
    xid: answer.xid,
    rapidCommit: message.options.has(RAPID_COMMIT),
    identity: identityIn(message),
    server: formatIpv4(answer.serverIdentifier),
    statusCode: 0,
    given: [
      given(
        type === 'nak' ? 'nak' : isLease && lifetime > 0 ? 'lease' : 'no-lease',
        isLease ? answer.yiaddr : NOTHING,
        lifetime,
      ),
    ],
  };
}

function bootReply(message: Dhcp4Message): DhcpReply {
  const isLease = !isUnspecifiedIpv4(message.yiaddr);
  return {
    role: 'reply',
    family: 4,
    type: 'bootreply',
    xid: message.xid,
    rapidCommit: false,
    identity: identityIn(message),
    server: undefined,
    statusCode: 0,
    given: [
      given(isLease ? 'lease' : 'no-lease', isLease ? message.yiaddr : NOTHING, isLease ? FOR_EVER : 0),
    ],
  };
}

function given(kind: Given['kind'], lease: Uint8Array, validLifetime: number): Given {
  return { association: BINDING, kind, lease, prefixLength: 32, validLifetime, statusCode: 0 };
}
