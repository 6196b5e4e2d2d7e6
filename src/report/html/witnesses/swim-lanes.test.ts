import { describe, expect, it } from 'vitest';
import { dhcp4AsPublished, resultOf } from '../../report.test-support.js';
import type { HolderOfCase, SeenMessage, WitnessOfCase } from '../input.js';
import { leadingTo, lookOf, messageText } from './messages.js';
import { clientKey } from './shown.js';
import { swimLanes } from './swim-lanes.js';

const LEASE = '192.0.2.7';

const message = (
  atUs: number,
  what: SeenMessage['what'],
  phase: SeenMessage['phase'] = 'REQUEST-ACK',
  attempt = 1,
): SeenMessage => ({ atUs, what, phase, attempt, server: 'server-1', lease: what === 'lease' ? LEASE : '' });

const holder = (client: number, fromUs: number | null, untilUs: number | null): HolderOfCase => ({
  client,
  server: 'server-1',
  lease: LEASE,
  fromUs,
  untilUs,
});

const witness = (
  holders: HolderOfCase[],
  kind: WitnessOfCase['kind'] = 'held-concurrently',
): WitnessOfCase => ({
  case: 'dhcp4',
  kind,
  phase: null,
  lease: LEASE,
  otherLease: null,
  holders,
});

const result = resultOf([dhcp4AsPublished()]);
const drawn = (one: WitnessOfCase, messages = new Map<string, SeenMessage[]>()): string =>
  String(swimLanes(one, { result, messages }) ?? '');

/** Where a rectangle of a look begins and ends, percent of the lane, for each lane. */
const stretches = (markup: string, look: RegExp): [number, number][] =>
  [...markup.matchAll(look)].map(([, x, width]) => [Number(x), Number(x) + Number(width)]);
const BOTH = /class="both" x="([\d.]+)%" width="([\d.]+)%"/g;
const HOLDING = /<rect x="([\d.]+)%" width="([\d.]+)%"/g;

describe('the lanes of a witness', () => {
  it('shade what two clients hold at the same time, from the second answer on', () => {
    const markup = drawn(witness([holder(1, 1_000, 4e9), holder(2, 3_000, 4e9)]));
    const [first, second] = stretches(markup, HOLDING);
    expect(stretches(markup, BOTH)).toEqual([second, second]);
    expect(first?.[0]).toBeLessThan(second?.[0] ?? 0);
  });

  it('tell a lease that runs on from one whose end was seen', () => {
    const markup = drawn(witness([holder(1, 1_000, 5_000), holder(2, 3_000, 4e9)]));
    expect(markup).toContain('held it from 0.001 s to 0.005 s');
    expect(markup).toContain('held it from 0.003 s on, and the lease runs until 4,000.000 s');
  });

  it('shade the end of the overlap where that is near', () => {
    const markup = drawn(witness([holder(1, 1_000, 5_000), holder(2, 3_000, 4e9)]));
    const [[from, until] = [NaN, NaN]] = stretches(markup, BOTH);
    const [[, endOfFirst] = []] = stretches(markup, HOLDING);
    expect(from).toBeLessThan(until);
    expect(until).toBeCloseTo(endOfFirst ?? 0);
  });

  it('shade nothing where the clients hold the lease one after the other', () => {
    expect(stretches(drawn(witness([holder(1, 1_000, 2_000), holder(2, 3_000, 4e9)])), BOTH)).toEqual([]);
    expect(stretches(drawn(witness([holder(1, 1_000, 1_000)], 'wrong-client')), BOTH)).toEqual([]);
  });

  it('shade each time at which two of three clients hold the lease, and no more', () => {
    const apart = drawn(witness([holder(1, 0, 10_000), holder(2, 2_000, 3_000), holder(3, 9_000, 20_000)]));
    expect(new Set(stretches(apart, BOTH).map(String)).size).toBe(2);
    const late = drawn(witness([holder(1, 0, 1_000), holder(2, 2_000, 10_000), holder(3, 8_000, 20_000)]));
    expect(new Set(stretches(late, BOTH).map(String)).size).toBe(1);
    const [, , third] = stretches(late, HOLDING);
    expect(stretches(late, BOTH)[0]?.[0]).toBe(third?.[0]);
  });

  it('count several holdings of one client as one, and say where a client may not know of its lease', () => {
    const late = { ...holder(2, 3_000, 4e9), possible: 'late' as const };
    const markup = drawn(
      witness([holder(1, 1_000, 3_000), late, { ...late, fromUs: 5_000 }], 'possibly-held'),
    );
    expect(stretches(markup, BOTH)).toEqual([]);
    expect(markup).toContain('client 2</strong> <span>server-1, may have held it from 0.003 s');
    expect([...markup.matchAll(/class="mark holding possible"/g)]).toHaveLength(2);
  });

  it('say every message of a client in their text alternative', () => {
    const its = [
      message(100, 'sent', 'DISCOVER-OFFER'),
      message(200, 'lease', 'DISCOVER-OFFER'),
      message(300, 'sent'),
      message(400, 'lease'),
    ];
    const markup = drawn(witness([holder(5, 400, 4e9)]), new Map([[clientKey('dhcp4', 5), its]]));
    const [, label = ''] = /aria-label="([^"]*)"/.exec(markup) ?? [];
    expect(label.split('; ')).toEqual([
      'client 5',
      ...its.map(messageText),
      'held it from 0.000 s on, and the lease runs until 4,000.000 s',
    ]);
    expect([...markup.matchAll(/class="message (\w+)"/g)].map(([, look]) => look)).toEqual(its.map(lookOf));
  });

  it('are absent where no time is known', () => {
    expect(swimLanes(witness([holder(1, null, null)]), { result })).toBeUndefined();
  });
});

describe('the messages that led to a holding', () => {
  it('are those of the attempt that got the lease', () => {
    const messages = [
      message(100, 'sent', 'REQUEST-ACK', 1),
      message(200, 'nak', 'REQUEST-ACK', 1),
      message(300, 'sent', 'REQUEST-ACK', 2),
      message(400, 'lease', 'REQUEST-ACK', 2),
      message(500, 'sent', 'RENEW-ACK', 3),
    ];
    expect(leadingTo(holder(1, 400, 4e9), messages).map(({ atUs }) => atUs)).toEqual([300, 400]);
  });

  it('have the look of what they mean to the client', () => {
    const looks = (['sent', 'offer', 'lease', 'nak', 'no-lease', 'malformed', 'timeout'] as const).map(
      (what) => lookOf(message(1, what)),
    );
    expect(looks).toEqual(['asked', 'offered', 'given', 'refused', 'refused', 'refused', 'waited']);
    expect(lookOf(message(1, 'lease', 'SOLICIT-ADVERTISE'))).toBe('offered');
  });
});
