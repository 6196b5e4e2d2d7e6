import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import { ack4, answer4, Bench, ms, offer4 } from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';

describe('an engine that is behind', () => {
  it('does what is due in order of time: a deadline before a later start', () => {
    const bench = new Bench(new Dhcp4Exchange('127.0.0.1'), [0, 1_500], { maxAttempts: 1 });
    bench.nowUs = ms(1_600);
    bench.engine.advance(bench.nowUs, 2);
    expect(bench.story).toEqual(['DISCOVER-OFFER sent', 'DISCOVER-OFFER timeout']);
    bench.engine.advance(bench.nowUs, 1);
    bench.engine.noteDepartures();
    expect(bench.of('sent').at(-1)).toMatchObject({ client: 1 });
  });

  it('times a transaction out when an answer comes after the deadline, even if it is behind with its timers', () => {
    const bench = new Bench(new Dhcp4Exchange('127.0.0.1'), [0], { maxAttempts: 1 }).passTo(0);
    bench.nowUs = ms(1_001);
    bench.arrive(offer4(bench.datagram(0)));
    expect(bench.story).toEqual(['DISCOVER-OFFER sent', 'DISCOVER-OFFER timeout', 'DISCOVER-OFFER lease']);
    expect(bench.engine.finished).toBe(true);
  });
});

describe('an answer that arrived before its message left, by the time of a clock that was set meanwhile', () => {
  it.each([ms(100) + 320.5, ms(15_000)])('arrived when the message left, at %d µs', (leftUs) => {
    const late = { timeoutMs: 60_000, leftAtUs: () => leftUs };
    const bench = new Bench(new Dhcp4Exchange('127.0.0.1'), [100], late).passTo(100);
    bench.arrive(offer4(bench.datagram(0)));
    const [answer] = bench.of('answer');
    expect(answer?.receivedAtUs).toBeGreaterThanOrEqual(leftUs);
    expect(answer?.receivedAtUs).toBeLessThan(leftUs + 1);
  });

  it('keeps its own time if it is later', () => {
    const bench = new Bench(new Dhcp4Exchange('127.0.0.1'), [100]).passTo(100);
    bench.nowUs = ms(100) + 0.25;
    bench.arrive(offer4(bench.datagram(0)));
    expect(bench.of('answer')).toMatchObject([{ receivedAtUs: ms(100) + 0.25 }]);
  });
});

describe('an answer that carries a transaction id which has a new owner', () => {
  const starts = Array.from({ length: 40 }, (_, client) => 1_000 * client);
  const few = () =>
    new Bench(new Dhcp4Exchange('127.0.0.1'), starts, { maxAttempts: 1, idBits: 4, idKeptMs: 3_000 });

  it('is unmatched, not wrong-client, if it is for the earlier owner of the id', () => {
    const bench = few().passTo(0);
    const longAgo = bench.datagram(0);
    bench.passTo(8_000);
    expect(v4.decodeMessage(bench.datagram(8)).xid).toBe(v4.decodeMessage(longAgo).xid);
    bench.arrive(ack4(longAgo));
    expect(bench.of('answer')).toMatchObject([{ kind: 'unmatched', client: -1 }]);
  });

  it('is wrong-client if it is for a client that is neither the new nor the earlier owner', () => {
    const bench = few().passTo(8_000);
    const hardwareAddress = Uint8Array.of(2, 0, 0, 0, 0, 1);
    bench.arrive(answer4(bench.datagram(8), { type: v4.MESSAGE_TYPE.offer, hardwareAddress }));
    expect(bench.of('answer')).toMatchObject([{ kind: 'wrong-client' }]);
  });
});
