import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, SyntheticRun, v6, type Lease } from '../synthetic.test-support.js';

function given(...leases: [client: number, lease: Lease][]): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 10 });
  for (const [client, lease] of leases) run.ask(client, 1).give(lease);
  return run;
}

describe('a lease inside a prefix', () => {
  it('of another client is found, with its witness', () => {
    const run = given(
      [0, prefix(0x0001_0000, 48)],
      [1, prefix(0x0002_0000, 48)],
      [2, prefix(0x0001_0007, 64)],
    );
    expect(run.case()).toMatchObject({ overlappingLeases: 1, heldConcurrently: 0 });
    expect(run.case().witnesses).toMatchObject([
      {
        kind: 'overlapping',
        lease: '2001:db8:1:7::/64',
        otherLease: '2001:db8:1::/48',
        holders: [
          { client: 0, lease: '2001:db8:1::/48' },
          { client: 2, lease: '2001:db8:1:7::/64' },
        ],
      },
    ]);
    expect(run.judge().verdict).toBe('fail');
  });

  it('is found whichever was given first', () => {
    const run = given([2, prefix(0x0001_0007, 64)], [0, prefix(0x0001_0000, 48)]);
    expect(run.case().overlappingLeases).toBe(1);
  });

  it('may be an address', () => {
    expect(given([0, prefix(0, 64)], [1, v6(5)]).case().overlappingLeases).toBe(1);
    expect(given([0, prefix(1, 64)], [1, v6(5)]).case().overlappingLeases).toBe(0);
  });

  it('of the same client is no fault', () => {
    expect(given([0, prefix(0, 48)], [0, prefix(7, 64)]).case().overlappingLeases).toBe(0);
  });

  it('that is no longer held is no fault', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 2 });
    run.ask(0, 1).give(prefix(0, 48), { validLifetime: 10 });
    run.at(20e6).ask(1, 1).give(prefix(7, 64));
    expect(run.case().overlappingLeases).toBe(0);
  });

  it('is the same prefix whatever the bits beyond its length', () => {
    const run = given([0, prefix(0x0001_0000, 48)], [1, prefix(0x0001_0009, 48)]);
    expect(run.case()).toMatchObject({ heldConcurrently: 1, overlappingLeases: 0 });
  });

  it('agrees with a comparison of all pairs', () => {
    const lease = fc.record({
      bits: fc.nat({ max: 0xff }),
      length: fc.constantFrom(56, 58, 60, 61, 62, 63, 64),
      client: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(lease, { maxLength: 14 }), (list) => {
        const inside = new Set<string>();
        for (const a of list) {
          for (const b of list) {
            const shift = 64 - a.length;
            if (a.client === b.client || b.length <= a.length || a.bits >> shift !== b.bits >> shift)
              continue;
            inside.add(`${b.bits >> (64 - b.length)}/${b.length}`);
          }
        }
        const run = given(
          ...list.map(({ client, bits, length }) => [client, prefix(bits, length)] as [number, Lease]),
        );
        expect(run.case().overlappingLeases).toBe(inside.size);
      }),
      { numRuns: 500 },
    );
  });

  it('is found among a hundred thousand prefixes', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 100_001 });
    for (let client = 0; client < 100_000; client++) run.ask(client, 1).give(prefix(client, 64));
    run.ask(100_000, 1).give(prefix(0x0001_0000, 49));
    expect(run.case({ witnessesPerKind: 3 })).toMatchObject({
      overlappingLeases: 0x8000,
      witnesses: { length: 3 },
      witnessesOmitted: 0x8000 - 3,
    });
  });
});
