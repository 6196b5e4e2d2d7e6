import { describe, expect, it } from 'vitest';
import { IdentityMap } from './identities.js';

const map = () => new IdentityMap(Uint8Array.of(1, 2, 3));
const MAC = '00163e0a0b0c';

describe('an identity', () => {
  it('has the same replacement in each spelling, and keeps the spelling', () => {
    const one = map();
    const plain = one.hardwareAddress(MAC);
    expect(one.hardwareAddress('00:16:3E:0A:0B:0C')).toBe(plain.match(/../g)?.join(':'));
    expect(one.hardwareAddress('00-16-3e-0a-0b-0c')).toBe(plain.match(/../g)?.join('-'));
    expect(one.any(MAC)).toBe(plain);
  });

  it('has its own replacement, even if it is short', () => {
    const one = map();
    const bytes = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
    expect(new Set(bytes.map((byte) => one.clientIdentifier(byte))).size).toBe(256);
  });

  it('stays empty if it is empty', () => expect(map().clientIdentifier('')).toBe(''));

  it('has a replacement that depends on the key', () => {
    expect(map().hardwareAddress(MAC)).not.toBe(new IdentityMap(Uint8Array.of(9)).hardwareAddress(MAC));
  });
});

it('gets a locally administered unicast hardware address', () => {
  const one = map();
  for (let i = 0; i < 50; i++) {
    const first = parseInt(one.hardwareAddress(`00163e0000${(16 + i).toString(16)}`).slice(0, 2), 16);
    expect(first & 3).toBe(2);
  }
});

describe('a client identifier', () => {
  it('keeps length and type, and the hardware address in it gets its usual replacement', () => {
    const one = map();
    expect(one.clientIdentifier(`01${MAC}`)).toBe(`01${one.hardwareAddress(MAC)}`);
    expect(one.clientIdentifier('00f2f3f4')).toMatch(/^00[0-9a-f]{6}$/);
    expect(one.clientIdentifier(`ff0a0b0c0d0003000 1${MAC}`.replace(' ', ''))).toBe(
      `ff${one.clientIdentifier(`ff0a0b0c0d00030001${MAC}`).slice(2, 10)}${one.duid(`00030001${MAC}`)}`,
    );
  });

  it('that is a text keeps only its length', () => {
    const text = Buffer.from('joes-laptop').toString('hex');
    const other = map().clientIdentifier(text);
    expect(other).toHaveLength(text.length);
    expect(other).not.toContain(Buffer.from('joe').toString('hex'));
  });
});

describe('a DUID', () => {
  it('keeps its type, and the hardware address in it gets its usual replacement', () => {
    const one = map();
    expect(one.duid(`00030001${MAC}`)).toBe(`00030001${one.hardwareAddress(MAC)}`);
    const withTime = one.duid(`000100012a2b2c2d${MAC}`);
    expect(withTime.slice(0, 8)).toBe('00010001');
    expect(withTime.slice(8, 16)).not.toBe('2a2b2c2d');
    expect(withTime.slice(16)).toBe(one.hardwareAddress(MAC));
  });

  it('of a vendor keeps only its type', () => {
    const other = map().duid('0002000000090102030405060708');
    expect(other).toMatch(/^0002/);
    expect(other.slice(4)).not.toContain('00000009');
  });
});

it('each IAID gets its own number', () => {
  const one = map();
  expect([7_000, 8_000, 7_000].map((iaid) => one.iaid(iaid))).toEqual([1, 2, 1]);
});
