import { describe, expect, it } from 'vitest';
import { clientOfHardwareAddress, identityOf, type GeneratedIdentity } from './identities.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const PARTS = {
  hardwareAddress: (identity: GeneratedIdentity) => hex(identity.hardwareAddress),
  clientIdentifier: (identity: GeneratedIdentity) => hex(identity.clientIdentifier),
  duid: (identity: GeneratedIdentity) => hex(identity.duid),
};
const CLIENTS = 4_000;

function identities(seed: number, cases: number): GeneratedIdentity[] {
  return Array.from({ length: cases * CLIENTS }, (_, n) =>
    identityOf(seed, n % cases, Math.floor(n / cases)),
  );
}

describe('the identities of a run', () => {
  const run = identities(0xdead_beef, 3);

  it.each(Object.entries(PARTS))('share no %s, across all cases', (_, part) => {
    expect(new Set(run.map(part)).size).toBe(run.length);
  });

  it('share no IAID within a case', () => {
    const iaids = Array.from({ length: CLIENTS }, (_, client) => identityOf(0xdead_beef, 1, client).iaid);
    expect(new Set(iaids).size).toBe(CLIENTS);
    expect(iaids.every((iaid) => iaid >>> 0 === iaid)).toBe(true);
  });

  it('are the same again with the same seed', () => {
    expect(identityOf(42, 1, 7)).toEqual(identityOf(42, 1, 7));
  });

  // People type seeds that are close together.
  it.each([
    [1, 2],
    [0, 1],
    [41, 42],
    [0, 0xffff_ffff],
  ])('of seed %i have nothing in common with those of seed %i', (one, other) => {
    const others = identities(other, 1);
    for (const part of Object.values(PARTS)) {
      const taken = new Set(identities(one, 1).map(part));
      expect(others.filter((identity) => taken.has(part(identity)))).toHaveLength(0);
    }
  });
});

describe('an identity', () => {
  const identity = identityOf(0x0100_0002, 3, 0x00_0004);

  it('has a locally administered unicast hardware address', () => {
    expect(identity.hardwareAddress).toHaveLength(6);
    expect((identity.hardwareAddress[0] ?? 0) & 0b11).toBe(0b10);
  });

  it('has a client identifier of type 0 that holds NUL bytes', () => {
    expect(hex(identity.clientIdentifier)).toBe('00' + '01000002' + '00000003' + '00000004');
  });

  it('has a DUID-UUID that holds NUL bytes', () => {
    expect(hex(identity.duid)).toBe('0004' + '6b65612d' + '01000002' + '00000003' + '00000004');
  });
});

it('a hardware address tells the client’s number', () => {
  for (const client of [0, 1, 77, 0xffff_ffff])
    expect(
      clientOfHardwareAddress(0xdead_beef, hex(identityOf(0xdead_beef, 2, client).hardwareAddress)),
    ).toBe(client);
  expect(clientOfHardwareAddress(1, '0200')).toBeNaN();
  expect(clientOfHardwareAddress(1, '')).toBeNaN();
});
