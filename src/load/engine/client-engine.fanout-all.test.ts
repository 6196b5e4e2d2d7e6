import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import * as v6 from '../../dhcp/v6/index.js';
import { ack4, advertise6, Bench, ms, nak4, offer4, reply6 } from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';

/* Each message goes to every server; the client takes the first offer, and its REQUEST names that server before all. */

const SERVERS = 3;
const dhcp4 = (starts: readonly number[] = [0], changes = {}) =>
  new Bench(new Dhcp4Exchange('127.0.0.1'), starts, {
    servers: SERVERS,
    toAll: true,
    random: () => 0,
    ...changes,
  }).passTo(0);

describe('a client whose messages go to every server', () => {
  it('sends the same DISCOVER to all servers, as one transaction for each server', () => {
    const bench = dhcp4();
    expect(bench.sent.map(({ server }) => server)).toEqual([0, 1, 2]);
    expect(new Set(bench.sent.map(({ datagram }) => Buffer.from(datagram).toString('hex'))).size).toBe(1);
    expect(bench.of('sent').map(({ server, transaction }) => [server, transaction])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  it('requests the first offer from all servers; later offers are recorded, and change nothing', () => {
    const bench = dhcp4();
    bench.arrive(offer4(bench.datagram(0), '10.1.0.7'), 1).arrive(offer4(bench.datagram(0), '10.1.0.8'), 0);
    const requests = bench.sent.slice(SERVERS);
    expect(requests.map(({ server }) => server)).toEqual([1, 0, 2]);
    const request = v4.decodeMessage(requests[0]?.datagram ?? new Uint8Array());
    expect(request.xid).toBe(v4.decodeMessage(bench.datagram(0)).xid);
    expect(request.options.get(v4.OPTION.requestedAddress)).toEqual(v4.parseIpv4('10.1.0.7'));
    // The REQUEST is one transaction, at the server that it names.
    expect(bench.of('sent').slice(SERVERS)).toMatchObject([{ phase: 'REQUEST-ACK', server: 1 }]);
    expect(bench.of('answer').map(({ server, kind }) => [server, kind])).toEqual([
      [1, 'lease'],
      [0, 'lease'],
    ]);
    bench.arrive(ack4(bench.datagram(-1), '10.1.0.7'), 1);
    expect(bench.engine.finished).toBe(true);
    bench.passTo(20_000);
    // The third server never answered.
    expect(bench.of('timeout')).toMatchObject([{ server: 2, phase: 'DISCOVER-OFFER' }]);
    expect(bench.of('sent')).toHaveLength(SERVERS + 1);
  });

  it('records an ACK of a server that its REQUEST did not name as wrong-server', () => {
    const bench = dhcp4();
    bench.arrive(offer4(bench.datagram(0)), 1).arrive(ack4(bench.datagram(-1)), 2);
    expect(bench.of('answer').at(-1)).toMatchObject({ kind: 'wrong-server', server: 1, fromServer: 2 });
    expect(bench.engine.finished).toBe(false);
  });

  it('starts over when the server that its REQUEST named refuses, and asks all servers again', () => {
    const bench = dhcp4();
    bench
      .arrive(offer4(bench.datagram(0)), 0)
      .arrive(nak4(bench.datagram(-1)), 0)
      .passTo(20);
    expect(bench.of('sent').filter(({ attempt }) => attempt === 2)).toHaveLength(SERVERS);
    // A server that answers the first attempt now does not count for the second attempt.
    bench.arrive(offer4(bench.datagram(0)), 1);
    expect(bench.of('sent').filter(({ phase }) => phase === 'REQUEST-ACK')).toHaveLength(1);
    bench.arrive(offer4(bench.datagram(-1)), 2).arrive(ack4(bench.datagram(-1)), 2);
    expect(bench.engine.finished).toBe(true);
  });

  it('starts over only once where none of the servers answers', () => {
    const bench = dhcp4([0], { maxAttempts: 2 }).passTo(5_000);
    expect(bench.of('timeout')).toHaveLength(2 * SERVERS);
    expect(bench.of('sent').map(({ attempt }) => attempt)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(bench.engine.finished).toBe(true);
  });

  it('waits for the other servers where one server offers nothing', () => {
    const exchange = new Dhcp6Exchange(['na'], '2001:db8:1::1');
    const bench = new Bench(exchange, [0], { servers: SERVERS, toAll: true }).passTo(0);
    const refusal = advertise6(bench.datagram(0), '2001:db8:1::10');
    bench.arrive(refused(refusal), 0).arrive(refused(refusal), 1);
    expect(bench.sent).toHaveLength(SERVERS);
    bench.arrive(advertise6(bench.datagram(0), '2001:db8:1::11'), 2);
    const [request] = bench.sent.slice(SERVERS);
    const { message } = v6.unwrap(v6.decodeMessage(request?.datagram ?? new Uint8Array()));
    expect(message.messageType).toBe(v6.MESSAGE_TYPE.request);
    expect(message.xid).not.toBe(v6.unwrap(v6.decodeMessage(bench.datagram(0))).message.xid);
    expect(bench.sent.slice(SERVERS).map(({ server }) => server)).toEqual([2, 0, 1]);
    bench.arrive(reply6(bench.datagram(-1), '2001:db8:1::11'), 2);
    expect(bench.engine.finished).toBe(true);
  });

  it('starts with another server for each client, so that no server is always asked first', () => {
    const bench = dhcp4([0, 0, 0]);
    expect(bench.sent.map(({ server }) => server)).toEqual([0, 1, 2, 1, 2, 0, 2, 0, 1]);
  });

  it('retransmits to each server that has not answered, under the same transaction id', () => {
    const bench = dhcp4([0], { retransmit: true, timeoutMs: 9_000 });
    bench.passTo(4_500);
    const again = bench.of('sent').filter(({ retransmission }) => retransmission === 1);
    expect(again.map(({ server }) => server).sort()).toEqual([0, 1, 2]);
    const ids = bench.sent.map(({ datagram }) => v4.decodeMessage(datagram).xid);
    expect(new Set(ids).size).toBe(1);
    expect(bench.nowUs).toBe(ms(4_500));
  });
});

/** The same ADVERTISE without a lease. */
function refused(datagram: Uint8Array): Uint8Array {
  const outer = v6.decodeMessage(datagram);
  const { message } = v6.unwrap(outer);
  const options = message.options.map((option) =>
    option.type === 'ia-na'
      ? {
          ...option,
          options: [
            { type: 'status-code' as const, statusCode: v6.STATUS.noAddrsAvail, message: new Uint8Array() },
          ],
        }
      : option,
  );
  if (outer.kind !== 'relay') throw new Error('not relayed');
  return v6.encodeMessage({
    ...outer,
    options: [{ type: 'relay-message', message: { ...message, options } }],
  });
}
