import { describe, expect, it } from 'vitest';
import { parseIpv6 } from './address.js';
import type { ClientServerMessage } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import type { ClientServerOption } from './options/client-server.js';
import { grantedLeases, readReply, type ReplyIa, type ReplyLease } from './reply.js';
import { relayForward } from './relay.js';

const clientId = { type: 'client-id', duid: Uint8Array.of(0, 4, 9) } as const;
const serverId = { type: 'server-id', duid: Uint8Array.of(0, 3, 1) } as const;
const status = (statusCode: number, text = '') => {
  return { type: 'status-code' as const, statusCode, message: new Uint8Array(Buffer.from(text)) };
};

function reply(options: ClientServerOption[], messageType: ClientServerMessage['messageType'] = 7) {
  return { kind: 'client-server' as const, messageType, xid: 5, options };
}

describe('the reader of answers', () => {
  it('reads addresses, prefixes and every status, from inside relays', () => {
    const ia = { iaid: 9, t1: 1, t2: 2 };
    const times = { preferredLifetime: 3, validLifetime: 4 };
    const address = parseIpv6('2001:db8::10');
    const message = reply([
      clientId,
      serverId,
      status(1, 'of all'),
      {
        type: 'ia-na',
        ...ia,
        options: [{ type: 'ia-address', address, ...times, options: [status(4)] }, status(2, 'of the IA')],
      },
      {
        type: 'ia-pd',
        ...ia,
        // Bits are set beyond the length; a receiver ignores them (RFC 8415 section 21.22).
        options: [{ type: 'ia-prefix', prefix: address, prefixLength: 56, ...times, options: [] }],
      },
    ]);
    const relay = { linkAddress: address, peerAddress: address };
    expect(readReply(relayForward(relayForward(message, relay), relay))).toEqual({
      messageType: MESSAGE_TYPE.reply,
      xid: 5,
      duid: clientId.duid,
      serverDuid: serverId.duid,
      statusCode: 1,
      statusMessage: 'of all',
      rapidCommit: false,
      ias: [
        {
          type: 'na',
          ...ia,
          statusCode: 2,
          statusMessage: 'of the IA',
          leases: [{ prefix: address, prefixLength: 128, ...times, statusCode: 4 }],
        },
        {
          type: 'pd',
          ...ia,
          statusCode: 0,
          statusMessage: '',
          leases: [{ prefix: parseIpv6('2001:db8::'), prefixLength: 56, ...times, statusCode: 0 }],
        },
      ],
    });
  });

  it('reads rapid commit', () => {
    expect(readReply(reply([clientId, serverId, { type: 'rapid-commit' }])).rapidCommit).toBe(true);
  });

  it.each<[string, ClientServerMessage, string]>([
    ['a SOLICIT', reply([clientId, serverId], 1), 'MESSAGE_TYPE'],
    ['no client identifier', reply([serverId]), 'MISSING_OPTION'],
    ['no server identifier', reply([clientId], 2), 'MISSING_OPTION'],
    ['two client identifiers', reply([clientId, serverId, clientId]), 'REPEATED_OPTION'],
    ['two server identifiers', reply([serverId, clientId, serverId]), 'REPEATED_OPTION'],
  ])('refuses %s', (_, message, code) => {
    expect(() => readReply(message)).toThrow(expect.objectContaining({ name: 'DecodeError', code }));
  });
});

describe('granted leases', () => {
  const lease: ReplyLease = {
    prefix: parseIpv6('2001:db8::10'),
    prefixLength: 128,
    preferredLifetime: 3000,
    validLifetime: 4000,
    statusCode: 0,
  };
  const ia: ReplyIa = {
    type: 'na',
    iaid: 1,
    t1: 1000,
    t2: 2000,
    statusCode: 0,
    statusMessage: '',
    leases: [lease],
  };

  it.each<[string, Partial<ReplyIa>, Partial<ReplyLease>, number]>([
    ['as it should be', {}, {}, 1],
    ['T1 and T2 left to the client', { t1: 0, t2: 0 }, {}, 1],
    ['T1 given, T2 left to the client', { t2: 0 }, {}, 1],
    ['infinite', {}, { preferredLifetime: 0xffffffff, validLifetime: 0xffffffff }, 1],
    ['T1 later than T2', { t1: 2001 }, {}, 0],
    ['an IA with a status', { statusCode: 2 }, {}, 0],
    ['a lease with a status', {}, { statusCode: 4 }, 0],
    ['a lease taken away', {}, { preferredLifetime: 0, validLifetime: 0 }, 0],
    ['preferred for longer than valid', {}, { preferredLifetime: 4001 }, 0],
  ])('%s', (_, iaMore, leaseMore, count) => {
    expect(grantedLeases({ ...ia, leases: [{ ...lease, ...leaseMore }], ...iaMore })).toHaveLength(count);
  });
});
