import { u16 } from '../../../../dhcp/big-endian.js';
import { DecodeError } from '../../../../dhcp/decode-error.js';
import {
  decodeMessage,
  grantedLeases,
  MESSAGE_TYPE,
  repliedIas,
  statusOf,
  unwrap,
  type ClientServerMessage,
  type RelayMessage,
  type ReplyIa,
  type ReplyLease,
} from '../../../../dhcp/v6/index.js';
import {
  hex,
  type Association,
  type DhcpMessage,
  type DhcpReply,
  type DhcpRequest,
  type Given,
  type Named,
  type RequestType,
} from './dhcp-message.js';
import { hashed } from '../network/endpoints.js';
import { readDhcp4 } from './read-dhcp4.js';
import { temporaryAssociations } from './temporary-addresses.js';
import { vpnOf } from '../network/vpn.js';

const REQUESTS: Readonly<Record<number, { type: RequestType; word: string }>> = {
  [MESSAGE_TYPE.solicit]: { type: 'solicit', word: 'SOLICIT' },
  [MESSAGE_TYPE.request]: { type: 'request', word: 'REQUEST' },
  [MESSAGE_TYPE.renew]: { type: 'renew', word: 'RENEW' },
  [MESSAGE_TYPE.rebind]: { type: 'rebind', word: 'REBIND' },
  [MESSAGE_TYPE.release]: { type: 'release', word: 'RELEASE' },
  [MESSAGE_TYPE.decline]: { type: 'decline', word: 'DECLINE' },
  [MESSAGE_TYPE.confirm]: { type: 'other', word: 'CONFIRM' },
  [MESSAGE_TYPE.informationRequest]: { type: 'other', word: 'INFORMATION-REQUEST' },
};

/**
 * Messages about no lease of their sender, such as those between servers, and questions about the leases of others:
 * RFC 5007, 5460, 6977, 7653, 8156.
 */
const PASSED: Readonly<Record<number, string>> = {
  10: 'RECONFIGURE',
  14: 'LEASEQUERY',
  15: 'LEASEQUERY-REPLY',
  16: 'LEASEQUERY-DONE',
  17: 'LEASEQUERY-DATA',
  18: 'RECONFIGURE-REQUEST',
  19: 'RECONFIGURE-REPLY',
  20: 'DHCPV4-QUERY',
  21: 'DHCPV4-RESPONSE',
  22: 'ACTIVELEASEQUERY',
  23: 'STARTTLS',
};

const GIVING_BACK: ReadonlySet<RequestType> = new Set(['release', 'decline']);
const NOTHING = new Uint8Array(0);
const DHCPV4_QUERY = 20;
const DHCPV4_RESPONSE = 21;
/** The offsets of the options: RFC 8415 sections 8 and 9, RFC 7341 section 7.2. */
const OPTIONS_AT = 4;
const RELAY_OPTIONS_AT = 34;
/** Options: RFC 8415 section 21.10, RFC 7341 section 7.1, RFC 6607 section 3.2. */
const RELAY_MESSAGE = 9;
const DHCPV4_MESSAGE = 87;
const VIRTUAL_SUBNET = 68;

/**
 * Reads a DHCPv6 message, relayed or not, or the DHCPv4 message that it carries. Throws a DecodeError for any other
 * datagram.
 *
 * @param isCut whether the end of the datagram was not captured
 */
export function readDhcp6(datagram: Uint8Array, isCut = false): DhcpMessage {
  const carried = carriedDhcp4(datagram);
  if (carried !== undefined) return readDhcp4(Buffer.from(carried), isCut);
  const word = PASSED[datagram[0] ?? 0];
  if (word !== undefined && datagram.length >= 4) return { role: 'passed', word };
  const { message, relays } = unwrap(decodeMessage(datagram));
  const { messageType } = message;
  if (messageType === MESSAGE_TYPE.advertise || messageType === MESSAGE_TYPE.reply)
    return reply(message, messageType, vpnIn(message, relays));
  const inner = PASSED[messageType];
  if (inner !== undefined) return { role: 'passed', word: inner };
  return request(message, relays, vpnIn(message, relays));
}

function request(message: ClientServerMessage, relays: readonly RelayMessage[], vpn: string): DhcpRequest {
  const hops = relays.length;
  const known = REQUESTS[message.messageType];
  if (known === undefined) throw new DecodeError('MESSAGE_TYPE', 0, `message type ${message.messageType}`);
  const { associations, named: all } = associationsOf(message);
  // A RELEASE or DECLINE gives back the leases that it names, and no others (RFC 8415 sections 18.2.7 and 18.2.8).
  const named = GIVING_BACK.has(known.type) ? all.filter(({ lease }) => lease.length > 0) : all;
  const lacks =
    associations.length === 0
      ? ' without an identity association'
      : GIVING_BACK.has(known.type) && named.length === 0
        ? ' without a lease'
        : undefined;
  const server = duidOf(message, 'server-id');
  const about = named.map(
    ({ association: { kind, iaid }, lease }) => `${kind}${iaid}:${Buffer.from(lease).toString('latin1')}`,
  );
  return {
    role: 'request',
    family: 6,
    // A message is about no lease if it has no identity association, or if it is a RELEASE or DECLINE without a
    // lease.
    type: lacks === undefined ? known.type : 'other',
    word: lacks === undefined || known.type === 'other' ? known.word : known.word + lacks,
    xid: message.xid,
    relayed: hops > 0,
    link: linkOf(relays),
    hops,
    identity: { family: 6, duid: duidOf(message, 'client-id') ?? '' },
    associations,
    named,
    server,
    content: `${known.word} ${server ?? ''} ${about.join(' ')}`,
    vpn,
  };
}

/** The DHCPv4 message that a DHCPV4-QUERY or DHCPV4-RESPONSE carries (RFC 7341 section 6), relayed or not. */
function carriedDhcp4(datagram: Uint8Array): Uint8Array | undefined {
  const type = datagram[0];
  if (type === MESSAGE_TYPE.relayForward || type === MESSAGE_TYPE.relayReply) {
    const relayed = optionIn(datagram, RELAY_OPTIONS_AT, RELAY_MESSAGE);
    return relayed && carriedDhcp4(relayed);
  }
  if (type !== DHCPV4_QUERY && type !== DHCPV4_RESPONSE) return undefined;
  return optionIn(datagram, OPTIONS_AT, DHCPV4_MESSAGE);
}

/** The data of an option, as far as they were captured; undefined if there is no such option. */
function optionIn(datagram: Uint8Array, from: number, wanted: number): Uint8Array | undefined {
  for (let at = from; at + 4 <= datagram.length; at += 4 + u16(datagram, at + 2))
    if (u16(datagram, at) === wanted) return datagram.subarray(at + 4, at + 4 + u16(datagram, at + 2));
  return undefined;
}

/**
 * The client's link, which the nearest relay that has a link address names (RFC 8415 section 13.1); 0 if none does.
 */
function linkOf(relays: readonly RelayMessage[]): number {
  for (let i = relays.length - 1; i >= 0; i--) {
    const link = relays[i]?.linkAddress;
    if (link?.some((byte) => byte !== 0) === true) return hashed(0x811c9dc5, hex(link)) | 0;
  }
  return 0;
}

/**
 * The VPN in option 68: that of the message itself, or else of the nearest relay that has one (RFC 6607 section 3.2).
 */
function vpnIn(message: ClientServerMessage, relays: readonly RelayMessage[]): string {
  for (const { options } of [message, ...relays.toReversed()])
    for (const option of options)
      if (option.type === 'opaque' && option.code === VIRTUAL_SUBNET) return vpnOf(option.data);
  return '';
}

/** Throws a DecodeError if there are several: nothing says which of them counts (RFC 8415 section 21.1). */
function duidOf({ options }: ClientServerMessage, type: 'client-id' | 'server-id'): string | undefined {
  const duids = options.flatMap((option) => (option.type === type ? [option.duid] : []));
  if (duids.length > 1) throw new DecodeError('REPEATED_OPTION', 0, `a message with ${duids.length} ${type}`);
  return duids[0] && hex(duids[0]);
}

/** The identity associations of a request, and the leases that stand in them. */
function associationsOf({ options }: ClientServerMessage): {
  associations: Association[];
  named: Named[];
} {
  const all = options.flatMap((option): { association: Association; leases: Named[] }[] => {
    if (option.type !== 'ia-na' && option.type !== 'ia-pd') return [];
    const association: Association = { kind: option.type === 'ia-na' ? 'na' : 'pd', iaid: option.iaid };
    const leases = option.options.flatMap((inner): Named[] => {
      if (inner.type === 'ia-address') return [{ association, lease: inner.address, prefixLength: 128 }];
      if (inner.type === 'ia-prefix')
        return [{ association, lease: inner.prefix, prefixLength: inner.prefixLength }];
      return [];
    });
    return [{ association, leases }];
  });
  for (const { association, leases } of temporaryAssociations(options)) {
    const named = leases.map(({ prefix }) => ({ association, lease: prefix, prefixLength: 128 }));
    all.push({ association, leases: named });
  }
  return {
    associations: all.map(({ association }) => association),
    named: all.flatMap(({ association, leases }) =>
      leases.length > 0 ? leases : [{ association, lease: NOTHING, prefixLength: 0 }],
    ),
  };
}

function reply(message: ClientServerMessage, messageType: number, vpn: string): DhcpReply {
  const { options, xid } = message;
  const { statusCode } = statusOf(options);
  const client = duidOf(message, 'client-id');
  const server = duidOf(message, 'server-id');
  return {
    role: 'reply',
    family: 6,
    type: messageType === MESSAGE_TYPE.advertise ? 'advertise' : 'reply',
    xid,
    rapidCommit: options.some(({ type }) => type === 'rapid-commit'),
    identity: { family: 6, duid: client ?? '' },
    server,
    statusCode,
    vpn,
    given: [
      ...repliedIas(options).flatMap((ia) => givenIn({ kind: ia.type, iaid: ia.iaid }, ia, statusCode)),
      ...temporaryAssociations(options).flatMap(({ association, ...ia }) =>
        givenIn(association, ia, statusCode),
      ),
    ],
    lacks: [
      ...(client === undefined ? ['client identifier' as const] : []),
      ...(server === undefined ? ['server identifier' as const] : []),
    ],
  };
}

/**
 * The leases and refusals of one identity association, at least one. A lease with a lifetime of 0 is taken away: its
 * entry is a refusal that names it.
 */
function givenIn(
  association: Association,
  ia: Pick<ReplyIa, 't1' | 't2' | 'statusCode' | 'leases'>,
  messageStatus: number,
): Given[] {
  const leases = grantedLeases({ type: 'na', iaid: 0, statusMessage: '', ...ia });
  const ended = ia.leases.filter(({ validLifetime }) => validLifetime === 0);
  if (leases.length > 0) {
    const granted = leases.map(({ prefix, prefixLength, validLifetime, excluded }): Given => ({
      association,
      kind: 'lease',
      lease: prefix,
      prefixLength,
      validLifetime,
      statusCode: 0,
      ...(excluded && { excluded }),
    }));
    return [...granted, ...ended.map((lease) => withoutLease(association, 0, lease))];
  }
  const why = messageStatus || ia.statusCode || ia.leases[0]?.statusCode || 0;
  return [
    withoutLease(association, why, ended[0]),
    ...ended.slice(1).map((lease) => withoutLease(association, 0, lease)),
  ];
}

function withoutLease(association: Association, statusCode: number, ended: ReplyLease | undefined): Given {
  return {
    association,
    kind: 'no-lease',
    lease: ended?.prefix ?? NOTHING,
    prefixLength: ended?.prefixLength ?? 0,
    validLifetime: 0,
    statusCode,
  };
}
