import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import { MESSAGE_TYPE } from '../../dhcp/v6/index.js';
import {
  advertise6,
  ack4,
  answer4,
  answer6,
  Bench,
  BENCH,
  nak4,
  offer4,
  reply6,
} from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';
import { identityOf } from '../identities/identities.js';

/*
 * An answer belongs to a transaction by its id, its client and its server together. An answer that does not match is
 * recorded, and leaves the transaction waiting.
 */

const dhcp4 = () => new Dhcp4Exchange('127.0.0.1');
const dhcp6 = () => new Dhcp6Exchange(['na'], '2001:db8:1::1');
/** Keeps the transaction id, and cuts off what follows it. */
const damaged4 = (answer: Uint8Array) => answer.slice(0, 100);
/** Keeps the RELAY-REPL header, the relay message option's header, the message type and the transaction id. */
const damaged6 = (answer: Uint8Array) => answer.slice(0, 34 + 4 + 4 + 2);

function expectStillWaiting(bench: Bench, kind: string): void {
  expect(bench.of('answer')).toMatchObject([{ kind, answerIndex: 0 }]);
  expect(bench.engine.waiting).toBe(1);
  expect(bench.sent).toHaveLength(1);
}

describe('an answer in DHCPv4', () => {
  it.each([
    ['client identifier', { clientIdentifier: identityOf(BENCH.seed, BENCH.caseIndex, 1).clientIdentifier }],
    ['hardware address', { hardwareAddress: identityOf(BENCH.seed, BENCH.caseIndex, 1).hardwareAddress }],
  ])('with the %s of another client is of the wrong client', (_, changes) => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    bench.arrive(answer4(bench.datagram(0), { type: v4.MESSAGE_TYPE.offer, ...changes }));
    expectStillWaiting(bench, 'wrong-client');
    expect(bench.of('answer')[0]).toMatchObject({ client: 0, transaction: 0 });
    // The answer for the right client still counts as the first one.
    bench.arrive(offer4(bench.datagram(0)));
    expect(bench.of('answer')[1]).toMatchObject({ kind: 'lease', answerIndex: 0 });
  });

  it('that comes back from another server is of the wrong server', () => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    bench.arrive(offer4(bench.datagram(0)), 1);
    expectStillWaiting(bench, 'wrong-server');
    expect(bench.of('answer')[0]).toMatchObject({ server: 0, fromServer: 1 });
  });

  it('with a transaction id that was never sent matches nothing', () => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    const foreign = offer4(bench.datagram(0));
    foreign[5] = (foreign[5] ?? 0) ^ 1;
    bench.arrive(foreign, 1);
    expectStillWaiting(bench, 'unmatched');
    expect(bench.of('answer')[0]).toMatchObject({ client: -1, transaction: -1, server: 1, fromServer: 1 });
  });

  it.each([
    ['ACK', ack4],
    ['NAK', nak4],
  ])('that is an %s before the client sent a REQUEST matches nothing', (_, answer) => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    bench.arrive(answer(bench.datagram(0)));
    expectStillWaiting(bench, 'unmatched');
  });

  it('that is damaged behind a known transaction id ends the transaction', () => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    bench.arrive(damaged4(offer4(bench.datagram(0))));
    expect(bench.of('answer')).toMatchObject([{ kind: 'malformed', transaction: 0, client: 0 }]);
    expect(bench.engine.waiting).toBe(0);
    expect(bench.passTo(110).of('sent').at(-1)).toMatchObject({ attempt: 2 });
  });

  it('that is damaged answers the request, once that was sent: both phases have one transaction id', () => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    bench.arrive(offer4(bench.datagram(0))).arrive(damaged4(ack4(bench.datagram(1))));
    expect(bench.of('answer').at(-1)).toMatchObject({
      kind: 'malformed',
      phase: 'REQUEST-ACK',
      transaction: 1,
    });
  });

  it.each([0, 7, 20])(
    'of %i bytes without a known transaction id is malformed and belongs to no transaction',
    (length) => {
      const bench = new Bench(dhcp4(), [0]).passTo(0);
      bench.arrive(new Uint8Array(length).fill(0xee));
      expectStillWaiting(bench, 'malformed');
      expect(bench.of('answer')[0]).toMatchObject({ client: -1, transaction: -1, lease: new Uint8Array() });
    },
  );

  it('that is damaged and comes from another server ends nothing', () => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    bench.arrive(damaged4(offer4(bench.datagram(0))), 1);
    expectStillWaiting(bench, 'wrong-server');
  });
});

describe('an ACK or REPLY that carries another server identifier than the client named', () => {
  const other = Uint8Array.of(0, 2, 0, 0, 9, 0xbf, 0, 8);

  it('is of the wrong server in DHCPv4, and the client waits for the right answer', () => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    bench.arrive(offer4(bench.datagram(0)));
    const stray = { type: v4.MESSAGE_TYPE.ack, serverIdentifier: '192.0.2.9' } as const;
    bench.arrive(answer4(bench.datagram(1), stray));
    expect(bench.of('answer').at(-1)).toMatchObject({ kind: 'wrong-server', server: 0, fromServer: 0 });
    expect(bench.engine.finished).toBe(false);
    bench.arrive(ack4(bench.datagram(1)));
    expect(bench.of('answer').at(-1)).toMatchObject({ kind: 'lease', answerIndex: 0 });
    expect(bench.engine.finished).toBe(true);
  });

  it('is of the wrong server in DHCPv6', () => {
    const bench = new Bench(dhcp6(), [0]).passTo(0);
    const lease = '2001:db8:1::10';
    bench.arrive(advertise6(bench.datagram(0), lease));
    bench.arrive(answer6(bench.datagram(1), { type: MESSAGE_TYPE.reply, lease, serverDuid: other }));
    expect(bench.of('answer').at(-1)).toMatchObject({ kind: 'wrong-server', server: 0, fromServer: 0 });
    bench.arrive(reply6(bench.datagram(1), lease));
    expect(bench.engine.finished).toBe(true);
  });

  it('is of the right server if it refuses, as Kea sends NAKs under its own address', () => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    const named = { type: v4.MESSAGE_TYPE.offer, serverIdentifier: '192.0.2.9' } as const;
    bench.arrive(answer4(bench.datagram(0), named)).arrive(nak4(bench.datagram(1)));
    expect(bench.of('answer').at(-1)).toMatchObject({ kind: 'nak' });
  });

  it('is of the right server if the offer carried that identifier too', () => {
    const bench = new Bench(dhcp4(), [0]).passTo(0);
    const own = { serverIdentifier: '192.0.2.9' } as const;
    bench.arrive(answer4(bench.datagram(0), { type: v4.MESSAGE_TYPE.offer, ...own }));
    bench.arrive(answer4(bench.datagram(1), { type: v4.MESSAGE_TYPE.ack, ...own }));
    expect(bench.of('answer').map(({ kind }) => kind)).toEqual(['lease', 'lease']);
  });
});

describe('an answer in DHCPv6', () => {
  const advertise = { type: MESSAGE_TYPE.advertise, lease: '2001:db8:1::10' } as const;

  it.each([
    ['DUID', { duid: identityOf(BENCH.seed, BENCH.caseIndex, 1).duid }],
    ['IAID', { iaid: 1 }],
  ])('with the %s of another client is of the wrong client', (_, changes) => {
    const bench = new Bench(dhcp6(), [0]).passTo(0);
    bench.arrive(answer6(bench.datagram(0), { ...advertise, ...changes }));
    expectStillWaiting(bench, 'wrong-client');
  });

  it('that comes back from another server is of the wrong server', () => {
    const bench = new Bench(dhcp6(), [0]).passTo(0);
    bench.arrive(answer6(bench.datagram(0), advertise), 1);
    expectStillWaiting(bench, 'wrong-server');
  });

  it('of a type that was not asked for matches nothing', () => {
    const bench = new Bench(dhcp6(), [0]).passTo(0);
    bench.arrive(reply6(bench.datagram(0), '2001:db8:1::10'));
    expectStillWaiting(bench, 'unmatched');
  });

  it('that is damaged behind a known transaction id ends the transaction', () => {
    const bench = new Bench(dhcp6(), [0]).passTo(0);
    bench.arrive(damaged6(answer6(bench.datagram(0), advertise)));
    expect(bench.of('answer')).toMatchObject([{ kind: 'malformed', transaction: 0, client: 0 }]);
    expect(bench.engine.waiting).toBe(0);
  });

  it('that is damaged and was meant for the SOLICIT leaves the REQUEST alone', () => {
    const bench = new Bench(dhcp6(), [0]).passTo(0);
    const advertised = answer6(bench.datagram(0), advertise);
    bench.arrive(advertised).arrive(damaged6(advertised));
    expect(bench.of('answer').at(-1)).toMatchObject({ kind: 'malformed', transaction: 0, answerIndex: 1 });
    expect(bench.engine.waiting).toBe(1);
    expect(bench.passTo(999).sent).toHaveLength(2);
  });

  it('that is damaged and was meant for the REQUEST leaves the next client alone', () => {
    const bench = new Bench(dhcp6(), [0, 0, 0], { servers: 1, maxAttempts: 1 }).passTo(0);
    bench.arrive(advertise6(bench.datagram(0), '2001:db8:1::10'));
    bench.arrive(damaged6(reply6(bench.datagram(3), '2001:db8:1::10')));
    expect(bench.of('answer').at(-1)).toMatchObject({ kind: 'malformed', client: 0, transaction: 3 });
    expect(bench.engine.waiting).toBe(2);
  });
});

describe('an error other than a DecodeError', () => {
  it('is thrown to the caller', () => {
    const exchange = dhcp4();
    exchange.read = () => {
      throw new RangeError('a defect');
    };
    const bench = new Bench(exchange, [0]).passTo(0);
    expect(() => bench.arrive(new Uint8Array(300))).toThrow(RangeError);
  });
});
