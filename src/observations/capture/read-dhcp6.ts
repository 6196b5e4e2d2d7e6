import { DecodeError } from '../../dhcp/decode-error.js';
import {
  decodeMessage,
  grantedLeases,
  MESSAGE_TYPE,
  readReply,
  unwrap,
  type ClientServerMessage,
  type Dhcp6Message,
  type Dhcp6Reply,
  type ReplyLease,
} from '../../dhcp/v6/index.js';
import type { LeaseType } from '../model.js';
import { hex, type DhcpMessage, type DhcpReply, type Given, type RequestType } from './dhcp-message.js';

const REQUEST_TYPE: Readonly<Record<number, RequestType>> = {
  [MESSAGE_TYPE.solicit]: 'solicit',
  [MESSAGE_TYPE.request]: 'request',
  [MESSAGE_TYPE.renew]: 'renew',
  [MESSAGE_TYPE.rebind]: 'rebind',
  [MESSAGE_TYPE.release]: 'release',
  [MESSAGE_TYPE.decline]: 'decline',
  [MESSAGE_TYPE.confirm]: 'other',
  [MESSAGE_TYPE.informationRequest]: 'other',
};

const NOTHING = new Uint8Array(0);

/** Throws a DecodeError for a datagram that is no DHCPv6 message between client and server, relayed or not. */
export function readDhcp6(datagram: Uint8Array): DhcpMessage {
  const outer = decodeMessage(datagram);
  const { message } = unwrap(outer);
  const { messageType } = message;
  if (messageType === MESSAGE_TYPE.advertise || messageType === MESSAGE_TYPE.reply) return readAnswer(outer);
  const type = REQUEST_TYPE[messageType];
  if (type === undefined) throw new DecodeError('MESSAGE_TYPE', 0, `message type ${messageType}`);
  const { iaids, leaseTypes } = associations(message);
  return {
    role: 'request',
    family: 6,
    // Without an identity association nothing is leased: it is about configuration only.
    type: leaseTypes.length === 0 ? 'other' : type,
    xid: message.xid,
    relayed: outer.kind === 'relay',
    client: { family: 6, duid: duidOf(message), iaids },
    leaseTypes,
  };
}

function duidOf({ options }: ClientServerMessage): string {
  const duid = options.find((option) => option.type === 'client-id')?.duid;
  return hex(duid);
}

function associations({ options }: ClientServerMessage): { iaids: number[]; leaseTypes: LeaseType[] } {
  const ias = options.filter((option) => option.type === 'ia-na' || option.type === 'ia-pd');
  return { iaids: unique(ias.map(({ iaid }) => iaid)), leaseTypes: typesOf(ias.map(({ type }) => type)) };
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function typesOf(types: readonly string[]): LeaseType[] {
  const has = (end: string) => types.some((type) => type.endsWith(end));
  return [...(has('na') ? (['address'] as const) : []), ...(has('pd') ? (['prefix'] as const) : [])];
}

function readAnswer(outer: Dhcp6Message): DhcpReply {
  const reply = readReply(outer);
  const duid = hex(reply.duid);
  return {
    role: 'reply',
    family: 6,
    type: reply.messageType === MESSAGE_TYPE.advertise ? 'advertise' : 'reply',
    xid: reply.xid,
    rapidCommit: reply.rapidCommit,
    isFor: (client) =>
      client.family === 6 &&
      client.duid === duid &&
      reply.ias.every(({ iaid }) => client.iaids.includes(iaid)),
    leaseTypes: typesOf(reply.ias.map(({ type }) => type)),
    given: (leaseType) => givenIn(reply, leaseType),
  };
}

function givenIn({ ias, statusCode }: Dhcp6Reply, leaseType: LeaseType): Given[] {
  const its = ias.filter(({ type }) => type === (leaseType === 'prefix' ? 'pd' : 'na'));
  const leases = its.flatMap(grantedLeases);
  // A lease whose lifetime is 0 is taken away by being named.
  const ended = its.flatMap((ia) => ia.leases).filter(({ validLifetime }) => validLifetime === 0);
  const takenAway = ended.map((lease) => withoutLease(0, lease));
  if (leases.length > 0) {
    const granted = leases.map(({ prefix, prefixLength, validLifetime }): Given => ({
      kind: 'lease',
      lease: prefix,
      prefixLength,
      validLifetime,
      statusCode: 0,
    }));
    return [...granted, ...takenAway];
  }
  const [ia] = its;
  const why = statusCode || ia?.statusCode || ia?.leases[0]?.statusCode || 0;
  return [withoutLease(why, ended[0]), ...takenAway.slice(1)];
}

function withoutLease(statusCode: number, ended: ReplyLease | undefined): Given {
  return {
    kind: 'no-lease',
    lease: ended?.prefix ?? NOTHING,
    prefixLength: ended?.prefixLength ?? 0,
    validLifetime: 0,
    statusCode,
  };
}
