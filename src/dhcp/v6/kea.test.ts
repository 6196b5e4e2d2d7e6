import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import { STATUS } from './options/status-code.js';
import { formatPrefix } from './prefix.js';
import { unwrap } from './relay.js';
import { readReply } from './reply.js';

const url = new URL('./fixtures/kea-2.2.0.json', import.meta.url);
const { exchanges } = JSON.parse(readFileSync(url, 'utf8')) as {
  exchanges: { name: string; request: string; reply: string }[];
};
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

function named(name: string) {
  const exchange = exchanges.find((candidate) => candidate.name === name);
  if (exchange === undefined) throw new Error(`no exchange ${name}`);
  return { request: decodeMessage(bytes(exchange.request)), reply: decodeMessage(bytes(exchange.reply)) };
}

describe('datagrams of Kea 2.2.0', () => {
  it.each(exchanges)('survive being read and written: $name', ({ request, reply }) => {
    for (const datagram of [bytes(request), bytes(reply)]) {
      expect(encodeMessage(decodeMessage(datagram))).toEqual(datagram);
    }
  });

  it.each(exchanges)('answer the client who asked, from one server: $name', ({ name }) => {
    const { request, reply } = named(name);
    const asked = unwrap(request).message;
    const answer = readReply(reply);
    expect(answer.xid).toBe(asked.xid);
    expect(asked.options).toContainEqual({ type: 'client-id', duid: answer.duid });
    expect(answer.serverDuid).toEqual(Uint8Array.of(0, 3, 0, 1, 2, 0, 0, 0, 0, 1));
  });

  const { advertise, reply } = MESSAGE_TYPE;
  const NA_10 = ['na', STATUS.success, '2001:db8:1::10/128'];
  const NA_11 = ['na', STATUS.success, '2001:db8:1::11/128'];
  const PD_0 = ['pd', STATUS.success, '2001:db8:100::/56'];
  const PD_1 = ['pd', STATUS.success, '2001:db8:100:100::/56'];
  const NO_NA = ['na', STATUS.noAddrsAvail];
  const NO_PD = ['pd', STATUS.noPrefixAvail];
  it.each<[string, number, (string | number)[][]]>([
    ['solicit IA_NA', advertise, [NA_10]],
    ['request IA_NA', reply, [NA_10]],
    ['solicit IA_PD', advertise, [PD_0]],
    ['request IA_PD', reply, [PD_0]],
    ['solicit IA_NA and IA_PD', advertise, [NA_11, PD_1]],
    ['request IA_NA and IA_PD', reply, [NA_11, PD_1]],
    ['solicit IA_NA with the pools exhausted', advertise, [NO_NA]],
    ['solicit IA_PD with the pools exhausted', advertise, [NO_PD]],
    ['solicit IA_NA and IA_PD with the pools exhausted', advertise, [NO_NA, NO_PD]],
    ['request IA_NA with the pools exhausted', reply, [NO_NA]],
    ['request IA_PD with the pools exhausted', reply, [NO_PD]],
    [
      'request IA_NA and IA_PD where there are no prefixes',
      reply,
      [['na', STATUS.success, '2001:db8:2::10/128'], NO_PD],
    ],
    ['solicit IA_NA with rapid commit', reply, [['na', STATUS.success, '2001:db8:2::11/128']]],
    ['solicit IA_NA through two relays', advertise, [['na', STATUS.success, '2001:db8:2::12/128']]],
  ])('%s', (name, messageType, expected) => {
    const answer = readReply(named(name).reply);
    expect(answer).toMatchObject({ messageType, statusCode: STATUS.success });
    expect(answer.rapidCommit).toBe(name.includes('rapid commit'));
    const ias = answer.ias.map(({ type, statusCode, leases }) => [
      type,
      statusCode,
      ...leases.map(formatPrefix),
    ]);
    expect(ias).toEqual(expected);
    for (const lease of answer.ias.flatMap((ia) => ia.leases)) {
      expect(lease).toMatchObject({
        preferredLifetime: 3000,
        validLifetime: 4000,
        statusCode: STATUS.success,
      });
    }
  });

  it('return both relays, each with its interface', () => {
    const { request, reply } = named('solicit IA_NA through two relays');
    const sent = unwrap(request).relays;
    const returned = unwrap(reply).relays;
    expect(returned).toHaveLength(2);
    returned.forEach((relay, i) => {
      const { hopCount, linkAddress, peerAddress } = sent[i] ?? {};
      expect(relay).toMatchObject({
        messageType: MESSAGE_TYPE.relayReply,
        hopCount,
        linkAddress,
        peerAddress,
      });
      const interfaceId = sent[i]?.options.find((option) => option.type === 'interface-id');
      expect(relay.options).toContainEqual(interfaceId);
    });
  });

  it('have a status of their own', () => {
    expect(readReply(named('confirm off link').reply)).toMatchObject({
      statusCode: STATUS.notOnLink,
      ias: [],
    });
    expect(readReply(named('release').reply)).toMatchObject({
      statusCode: STATUS.success,
      statusMessage: 'Summary status for all processed IA_NAs',
    });
  });

  it('take an unknown lease away by a lifetime of 0', () => {
    const [ia] = readReply(named('renew without a binding').reply).ias;
    expect(ia).toMatchObject({ statusCode: STATUS.noAddrsAvail, leases: [{ validLifetime: 0 }] });
    expect(ia?.leases.map(formatPrefix)).toEqual(['2001:db8:1::99/128']);
  });
});
