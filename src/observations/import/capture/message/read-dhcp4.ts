import { DecodeError } from '../../../../dhcp/decode-error.js';
import { MESSAGE_TYPE } from '../../../../dhcp/v4/index.js';
import type {
  Association,
  DhcpMessage,
  DhcpReply,
  DhcpRequest,
  Given,
  Identity,
  Lack,
  Named,
  RequestType,
} from './dhcp-message.js';
import { contentOf, fields4, type Fields4 } from './fields4.js';
import { bytesOf, ipv4Text } from './ipv4-text.js';
import { leaseWithPorts } from './port-sets.js';

/** The one binding of a DHCPv4 client. */
const BINDING: Association = { kind: 'v4', iaid: 0 };
const ABOUT: readonly Association[] = [BINDING];
const NOTHING = new Uint8Array(0);
const NO_NAMES: readonly Named[] = [];
/** A BOOTP client keeps its address for ever (RFC 1534 section 2). */
const FOR_EVER = 0xffff_ffff;
/** Seconds: the shortest lease time that a lease can have. */
const A_MOMENT = 1;
const NO_LACKS: readonly Lack[] = [];
/** The offset of the options. */
const OPTIONS_AT = 240;

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

/**
 * Reads a DHCPv4 or BOOTP message. Throws a DecodeError for any other datagram. The result shares no memory with
 * `payload`.
 *
 * @param isCut whether the end of the datagram was not captured
 */
export function readDhcp4(payload: Buffer, isCut = false): DhcpMessage {
  const fields = fields4(payload, isCut);
  const { type, isReply } = fields;
  if (type === undefined) return isReply ? bootReply(fields) : bootRequest(fields);
  const word = PASSED[type];
  if (word !== undefined) return { role: 'passed', word };
  return isReply ? reply(fields, type) : request(fields, type);
}

function request(fields: Fields4, code: number): DhcpRequest {
  const known = REQUESTS[code];
  if (known === undefined) throw new DecodeError('MESSAGE_TYPE', OPTIONS_AT, `message type ${code}`);
  // A REQUEST that fills in ciaddr extends a lease (RFC 2131 section 4.3.2).
  const type = known.type === 'request' && fields.ciaddr !== 0 ? 'renew' : known.type;
  const server = fields.server === undefined ? undefined : ipv4Text(fields.server);
  return requestOf(fields, type, known.word, namedBy(type, fields), server);
}

/** RFC 2131 table 5: a RELEASE names its address in ciaddr, a DECLINE in option 50. */
function namedBy(type: RequestType, { ciaddr, requested = 0, ports }: Fields4): readonly Named[] {
  if (type !== 'renew' && type !== 'release' && type !== 'decline') return NO_NAMES;
  const address = type === 'decline' && requested !== 0 ? requested : ciaddr;
  return [{ association: BINDING, lease: leaseOf(address, ports), prefixLength: 32 }];
}

function bootRequest(fields: Fields4): DhcpRequest {
  return requestOf(fields, 'bootp', 'BOOTREQUEST', NO_NAMES, undefined);
}

function requestOf(
  fields: Fields4,
  type: RequestType,
  word: string,
  named: readonly Named[],
  server: string | undefined,
): DhcpRequest {
  return {
    role: 'request',
    family: 4,
    type,
    word,
    xid: fields.xid,
    relayed: fields.giaddr !== 0,
    link: fields.giaddr | 0,
    hops: fields.hops,
    identity: identityOf(fields),
    associations: ABOUT,
    named,
    server,
    content: contentOf(fields),
    vpn: fields.vpn,
  };
}

function identityOf({ hardwareAddress, clientIdentifier }: Fields4): Identity {
  return { family: 4, hardwareAddress, clientIdentifier };
}

/**
 * Reads an answer. It should have a server identifier, and a lease time beside an address (RFC 2131 table 3). Without
 * a lease time it is only known that the client has the lease when the answer arrives.
 */
function reply(fields: Fields4, code: number): DhcpMessage {
  const type = REPLIES[code];
  if (type === undefined)
    throw new DecodeError('MESSAGE_TYPE', OPTIONS_AT, `message type ${code} is not an answer`);
  const { server, yiaddr, leaseTime } = fields;
  // A boot server sends an OFFER without an address, beside the OFFER of the DHCP server (PXE specification 2.1,
  // section 2.2).
  if (type === 'offer' && yiaddr === 0) return { role: 'passed', word: 'OFFER without an address' };
  const isLease = type !== 'nak' && yiaddr !== 0;
  const lifetime = leaseTime ?? (isLease ? A_MOMENT : 0);
  const kind = type === 'nak' ? 'nak' : isLease && lifetime > 0 ? 'lease' : 'no-lease';
  const its = given(kind, leaseOf(isLease ? yiaddr : 0, fields.ports), lifetime);
  const isTimeless = isLease && type === 'ack' && leaseTime === undefined;
  const lacks = server !== undefined && !isTimeless ? NO_LACKS : lacksOf(server === undefined, isTimeless);
  return replyOf(fields, type, server === undefined ? undefined : ipv4Text(server), its, lacks);
}

function lacksOf(isNameless: boolean, isTimeless: boolean): readonly Lack[] {
  return [
    ...(isNameless ? ['server identifier' as const] : []),
    ...(isTimeless ? ['lease time' as const] : []),
  ];
}

function bootReply(fields: Fields4): DhcpReply {
  const isLease = fields.yiaddr !== 0;
  const its = given(isLease ? 'lease' : 'no-lease', leaseOf(fields.yiaddr), isLease ? FOR_EVER : 0);
  const reply = replyOf(fields, 'bootreply', undefined, its);
  return fields.giaddr === 0 ? reply : { ...reply, isOfAnyServer: true };
}

function replyOf(
  fields: Fields4,
  type: DhcpReply['type'],
  server: string | undefined,
  its: Given,
  lacks: readonly Lack[] = NO_LACKS,
): DhcpReply {
  return {
    role: 'reply',
    family: 4,
    type,
    xid: fields.xid,
    rapidCommit: fields.rapidCommit,
    identity: identityOf(fields),
    server,
    statusCode: 0,
    vpn: fields.vpn,
    given: [its],
    lacks,
  };
}

function leaseOf(address: number, ports?: Uint8Array): Uint8Array {
  return address === 0 ? NOTHING : leaseWithPorts(bytesOf(address), ports);
}

function given(kind: Given['kind'], lease: Uint8Array, validLifetime: number): Given {
  return { association: BINDING, kind, lease, prefixLength: 32, validLifetime, statusCode: 0 };
}
