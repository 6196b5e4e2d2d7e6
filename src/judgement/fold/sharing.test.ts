import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SharingFigures } from '../../results/phase.js';
import { SyntheticRun, v4 } from '../synthetic.test-support.js';

/** One offer: who got what, in which attempt. */
interface Offer {
  client: number;
  lease: number;
  attempt: number;
}

const offers = fc.array(
  fc.record({
    client: fc.nat({ max: 20 }),
    lease: fc.nat({ max: 12 }),
    attempt: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 60 },
);
/** Each client is offered something once. */
const offersWithoutReoffers = offers.map((list) =>
  list.map((offer, client) => ({ ...offer, client, attempt: 1 })),
);

function figures(list: readonly Offer[]) {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 100 });
  for (const { client, lease, attempt } of list) run.ask(client, 0, { attempt }).give(v4(lease));
  return run.phase(0);
}

/** Counts by sets of clients instead of sorting, as an independent check. */
function byHand(list: readonly Offer[]) {
  const clientsOf = new Map<number, Set<number>>();
  for (const { lease, client } of list) clientsOf.set(lease, (clientsOf.get(lease) ?? new Set()).add(client));
  const sizes = [...clientsOf.values()].map((clients) => clients.size);
  const sharing: Record<string, number> = {};
  for (const size of sizes) sharing[size] = (sharing[size] ?? 0) + 1;
  const duplicates = sizes.filter((size) => size > 1);
  return {
    responses: list.length,
    distinctLeases: sizes.length,
    duplicateLeases: duplicates.length,
    duplicatePercent: list.length === 0 ? null : (100 * duplicates.length) / list.length,
    appearancePercent: sizes.length === 0 ? null : (100 * duplicates.length) / sizes.length,
    allocationsPerDistinctLease:
      sizes.length === 0 ? null : duplicates.reduce((sum, size) => sum + size, 0) / sizes.length,
    sharing,
  };
}

function sum({ sharing }: SharingFigures, weigh: (clients: number) => number): number {
  return Object.entries(sharing).reduce((all, [k, leases]) => all + weigh(Number(k)) * leases, 0);
}

describe('sharing figures', () => {
  it('agree with a count by hand, over first attempts and over all', () => {
    fc.assert(
      fc.property(offers, (list) => {
        const { firstAttempt, allAttempts } = figures(list);
        expect(allAttempts).toMatchObject(byHand(list));
        expect(firstAttempt).toMatchObject(byHand(list.filter(({ attempt }) => attempt === 1)));
      }),
    );
  });

  it('count every distinct lease once: the sum of sharing is D', () => {
    fc.assert(
      fc.property(offers, (list) => {
        const { allAttempts } = figures(list);
        expect(sum(allAttempts, () => 1)).toBe(allAttempts.distinctLeases);
      }),
    );
  });

  it('count every answer once without re-offers: the sum of k times sharing is N', () => {
    fc.assert(
      fc.property(offersWithoutReoffers, (list) => {
        const { allAttempts } = figures(list);
        expect(sum(allAttempts, (k) => k)).toBe(allAttempts.responses);
      }),
    );
  });

  it('do not depend on the order of the answers', () => {
    const shuffled = offers.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(figures(other).allAttempts).toEqual(figures(list).allAttempts);
        expect(figures(other).firstAttempt).toEqual(figures(list).firstAttempt);
      }),
    );
  });

  it('add up when two runs with nothing in common are judged as one', () => {
    fc.assert(
      fc.property(offers, offers, (some, more) => {
        const apart = more.map((offer) => ({
          ...offer,
          client: offer.client + 50,
          lease: offer.lease + 50,
        }));
        const [one, two, both] = [some, more, [...some, ...apart]].map((list) => figures(list).allAttempts);
        for (const key of ['requests', 'responses', 'distinctLeases', 'duplicateLeases'] as const) {
          expect(both?.[key]).toBe((one?.[key] ?? 0) + (two?.[key] ?? 0));
        }
      }),
    );
  });

  it('count a lease offered twice to the same client once', () => {
    const { allAttempts, firstAttempt } = figures([
      { client: 0, lease: 7, attempt: 1 },
      { client: 0, lease: 7, attempt: 2 },
    ]);
    expect(allAttempts).toMatchObject({ responses: 2, distinctLeases: 1, duplicateLeases: 0 });
    expect(firstAttempt).toMatchObject({ responses: 1, distinctLeases: 1 });
  });

  it('are null, not zero, where there is nothing to divide by', () => {
    expect(figures([]).firstAttempt).toMatchObject({
      responses: 0,
      duplicatePercent: null,
      appearancePercent: null,
      allocationsPerDistinctLease: null,
      sharing: {},
    });
  });

  it('tell prefixes apart by their length', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-pd', clients: 2 });
    const lease = { bytes: new Uint8Array(16).fill(0x20, 0, 4), type: 'prefix' } as const;
    run.ask(0, 0).give({ ...lease, length: 48 });
    run.ask(1, 0).give({ ...lease, length: 56 });
    expect(run.phase(0).firstAttempt).toMatchObject({ distinctLeases: 2, duplicateLeases: 0 });
  });
});
