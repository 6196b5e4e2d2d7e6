import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.js';
import * as v4 from './v4/index.js';
import * as v6 from './v6/index.js';

/*
 * No datagram may end a run, whoever sends it to the harness's port. So every input either decodes or throws a
 * DecodeError. The tests try half a million datagrams for each protocol. The generator is our own and seeded:
 * fast-check takes longer to make a million values than the codec to decode them.
 */
const RANDOM = 100_000;
const MUTATED = 300_000;
const TRUNCATED = 100_000;

interface Protocol {
  name: 'v4' | 'v6';
  /** First bytes, and the longest length, of datagrams that may be read beyond their first field. */
  firstBytes: readonly number[];
  maxLength: number;
  /** Does all that the harness does to decode a datagram. */
  read: (datagram: Uint8Array) => void;
}

const PROTOCOLS: readonly Protocol[] = [
  {
    name: 'v4',
    firstBytes: [1, 2],
    maxLength: 400,
    read: (datagram) => {
      const message = v4.decodeMessage(datagram);
      const canonical = v4.encodeMessage(message);
      expectSame(v4.encodeMessage(v4.decodeMessage(canonical)), canonical);
      v4.relayAgentInformation(message);
      v4.readReply(message);
    },
  },
  {
    name: 'v6',
    firstBytes: [2, 7, 12, 13],
    maxLength: 200,
    read: (datagram) => {
      const message = v6.decodeMessage(datagram);
      // DHCPv6, unlike DHCPv4, has only one way to write a message.
      expectSame(v6.encodeMessage(message), datagram);
      v6.readReply(message).ias.forEach(v6.grantedLeases);
    },
  },
];

describe.each(PROTOCOLS)('$name', ({ name, firstBytes, maxLength, read }) => {
  const samples = captured(name);
  const random = mulberry32(0x5eed);
  const below = (limit: number) => Math.floor(random() * limit);
  const sample = () => samples[below(samples.length)] ?? new Uint8Array(0);

  it('survives random bytes', () => {
    const outcomes = readAll(RANDOM, read, (i) => {
      const datagram = Uint8Array.from({ length: below(maxLength) }, () => below(256));
      // Half of the datagrams get past the first field and, in DHCPv4, past the magic cookie.
      if (i % 2 === 0) plausible(datagram, name, firstBytes[below(firstBytes.length)] ?? 0);
      return datagram;
    });
    expect(outcomes.get('TRUNCATED')).toBeGreaterThan(0);
    expect(outcomes.get('MESSAGE_TYPE')).toBeGreaterThan(0);
  });

  it('survives mutated messages', () => {
    const outcomes = readAll(MUTATED, read, () => {
      const datagram = sample().slice();
      for (let n = 1 + below(4); n > 0; n--) mutate(datagram, below);
      return datagram;
    });
    // Some of the datagrams were decoded, and some refused.
    expect(outcomes.get('read')).toBeGreaterThan(MUTATED / 100);
    expect(outcomes.get('OPTION_LENGTH')).toBeGreaterThan(0);
  });

  it('survives messages cut short or spliced', () => {
    const outcomes = readAll(TRUNCATED, read, (i) => {
      const head = sample();
      const cut = head.subarray(0, below(head.length));
      if (i % 2 === 0) return cut;
      const tail = sample();
      return Buffer.concat([cut, tail.subarray(below(tail.length))]);
    });
    expect(outcomes.get('TRUNCATED')).toBeGreaterThan(0);
  });

  it('does not read a message that was cut', () => {
    for (const whole of samples) {
      for (let length = 0; length < whole.length; length++) {
        const cut = whole.subarray(0, length);
        // A plain DHCPv6 message has no end mark. But here each is inside a relay message's option, which has a
        // length.
        expect(() => (name === 'v4' ? v4.decodeMessage(cut) : v6.decodeMessage(cut))).toThrow(DecodeError);
      }
    }
  });
});

it('reads options nested as deep as a datagram allows', () => {
  // IA_NAs inside each other, each with four bytes of header and twelve of fields, as many as 64 KiB hold.
  const levels = 4095;
  const datagram = Buffer.alloc(4 + levels * 16);
  datagram.writeUInt8(v6.MESSAGE_TYPE.reply, 0);
  for (let level = 0; level < levels; level++) {
    const at = 4 + level * 16;
    datagram.writeUInt16BE(v6.OPTION.iaNa, at);
    datagram.writeUInt16BE((levels - level) * 16 - 4, at + 2);
  }
  expect(v6.encodeMessage(v6.decodeMessage(datagram))).toEqual(new Uint8Array(datagram));
});

it('joins as many parts of an option as a datagram holds', () => {
  const head = v4.encodeMessage(v4.discover({ xid: 1, identity: { hardwareAddress: new Uint8Array(6) } }));
  const part = [224, 1, 7];
  const parts = Uint8Array.from({ length: 21_000 * 3 }, (_, i) => part[i % 3] ?? 0);
  const datagram = Buffer.concat([head.subarray(0, -1), parts, Uint8Array.of(v4.OPTION.end)]);
  expect(v4.decodeMessage(datagram).options.get(224)).toHaveLength(21_000);
});

/** Reads `count` datagrams and counts the results. Rethrows any error but a DecodeError. */
function readAll(
  count: number,
  read: Protocol['read'],
  make: (i: number) => Uint8Array,
): Map<string, number> {
  const outcomes = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const datagram = make(i);
    const outcome = outcomeOf(datagram, read);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  return outcomes;
}

function outcomeOf(datagram: Uint8Array, read: Protocol['read']): string {
  try {
    read(datagram);
    return 'read';
  } catch (thrown) {
    if (thrown instanceof DecodeError && thrown.offset >= 0 && thrown.offset <= datagram.length) {
      return thrown.code;
    }
    throw new Error(`${Buffer.from(datagram).toString('hex')} is no DecodeError`, { cause: thrown });
  }
}

/** Compares without `expect`, which takes microseconds: too long for a million inputs. */
function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(actual, expected) !== 0) throw new Error('written otherwise than it was read');
}

function plausible(datagram: Uint8Array, name: Protocol['name'], firstByte: number): void {
  if (datagram.length > 0) datagram[0] = firstByte;
  if (name === 'v4' && datagram.length > 240) {
    datagram[2] = 6;
    datagram.set([99, 130, 83, 99], 236);
  }
  // Option lengths are short. Otherwise nearly every first option would end beyond the datagram.
  if (name === 'v6') {
    for (let i = 4; i + 3 < datagram.length; i += 8) datagram.set([0, i % 27, 0, i % 7], i);
  }
}

function mutate(datagram: Uint8Array, below: (limit: number) => number): void {
  // Half of the changes go into the last bytes, as most of a DHCPv4 message is fields in which any byte is valid.
  const at = below(2) === 0 ? below(datagram.length) : datagram.length - 1 - below(64);
  const edges = [0, 1, 3, 9, 25, 52, 82, 127, 128, 129, 254, 255];
  if (below(2) === 0) datagram[at] = edges[below(edges.length)] ?? 0;
  else datagram[at] = below(256);
}

function captured(name: Protocol['name']): Uint8Array[] {
  const url = new URL(`./${name}/fixtures/kea-2.2.0.json`, import.meta.url);
  const { exchanges } = JSON.parse(readFileSync(url, 'utf8')) as {
    exchanges: { request: string; reply: string | null }[];
  };
  return exchanges.flatMap(({ request, reply }) =>
    [request, reply].flatMap((hex) => (hex === null ? [] : [new Uint8Array(Buffer.from(hex, 'hex'))])),
  );
}

/** Tommy Ettinger's Mulberry32: 32 bits of state, good enough to vary bytes. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
