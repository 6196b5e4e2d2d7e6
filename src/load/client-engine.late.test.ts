import { describe, expect, it } from 'vitest';
import * as v4 from '../dhcp/v4/index.js';
import { ack4, answer4, Bench, ms, offer4 } from './bench.test-support.js';
import { Dhcp4Exchange } from './dhcp4-exchange.js';

describe('an engine that is behind', () => {
  it('does what is due in the order in which it is: a deadline before a later start', () => {
    const bench = new Bench(new Dhcp4Exchange('127.0.0.1'), [0, 1_500], { maxAttempts: 1 });
    bench.nowUs = ms(1_600);
    bench.engine.advance(bench.nowUs, 2);
    expect(bench.story).toEqual(['DISCOVER-OFFER sent', 'DISCOVER-OFFER timeout']);
    bench.engine.advance(bench.nowUs, 1);
    expect(bench.of('sent').at(-1)).toMatchObject({ client: 1 });
  });

  it('takes an answer for late that comes after its deadline, though nobody has seen to that yet', () => {
    const bench = new Bench(new Dhcp4Exchange('127.0.0.1'), [0], { maxAttempts: 1 }).passTo(0);
    bench.nowUs = ms(1_001);
    bench.arrive(offer4(bench.datagram(0)));
    expect(bench.story).toEqual(['DISCOVER-OFFER sent', 'DISCOVER-OFFER timeout', 'DISCOVER-OFFER lease']);
    expect(bench.engine.finished).toBe(true);
  });
});

describe('an answer to the one who had its transaction id before', () => {
  const starts = Array.from({ length: 40 }, (_, client) => 1_000 * client);
  const few = () =>
    new Bench(new Dhcp4Exchange('127.0.0.1'), starts, { maxAttempts: 1, idBits: 4, idKeptMs: 3_000 });

  it('is nobody’s, and does not make the server one that answers the wrong client', () => {
    const bench = few().passTo(0);
    const longAgo = bench.datagram(0);
    bench.passTo(8_000);
    expect(v4.decodeMessage(bench.datagram(8)).xid).toBe(v4.decodeMessage(longAgo).xid);
    bench.arrive(ack4(longAgo));
    expect(bench.of('answer')).toMatchObject([{ kind: 'unmatched', client: -1 }]);
  });

  it('is an answer to the wrong client where it is for another one still', () => {
    const bench = few().passTo(8_000);
    const hardwareAddress = Uint8Array.of(2, 0, 0, 0, 0, 1);
    bench.arrive(answer4(bench.datagram(8), { type: v4.MESSAGE_TYPE.offer, hardwareAddress }));
    expect(bench.of('answer')).toMatchObject([{ kind: 'wrong-client' }]);
  });
});
