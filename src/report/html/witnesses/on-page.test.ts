import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WitnessOfCase } from '../input.js';
import { witnessesOnPage } from './on-page.js';

const of = (kind: WitnessOfCase['kind'], own = 'dhcp4'): WitnessOfCase => ({
  ...{ case: own, kind, phase: null, lease: '10.1.2.15', otherLease: null, holders: [] },
});
const many = (number: number, ...about: Parameters<typeof of>) =>
  Array.from({ length: number }, () => of(...about));

describe('the witnesses on a page', () => {
  it('are all of them where there is room', () => {
    const all = [...many(3, 'held-concurrently'), ...many(4, 'possibly-held')];
    expect(witnessesOnPage(all, 7)).toEqual(all);
  });

  it('are of each kind and case, however many there are of another', () => {
    const all = [
      ...many(5_000, 'possibly-held', 'dhcp4'),
      ...many(2, 'held-concurrently', 'dhcp6-ia-na'),
      ...many(5_000, 'possibly-held', 'dhcp6-ia-na'),
    ];
    const shown = witnessesOnPage(all, 100);
    expect(shown.filter(({ kind }) => kind === 'held-concurrently')).toHaveLength(2);
    expect(shown.filter(({ case: own, kind }) => own === 'dhcp4' && kind === 'possibly-held')).toHaveLength(
      49,
    );
    expect(shown).toHaveLength(100);
  });

  it('are as many as there is room for, in their order', () => {
    const kinds = fc.constantFrom(
      'held-concurrently' as const,
      'possibly-held' as const,
      'wrong-client' as const,
    );
    const groups = fc.array(fc.tuple(kinds, fc.constantFrom('dhcp4', 'dhcp6-ia-pd')), { maxLength: 60 });
    fc.assert(
      fc.property(groups, fc.integer({ min: 0, max: 80 }), (all, limit) => {
        const witnesses = all.map(([kind, own]) => of(kind, own));
        const shown = witnessesOnPage(witnesses, limit);
        expect(shown).toHaveLength(Math.min(limit, witnesses.length));
        const places = shown.map((one) => witnesses.indexOf(one));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });
});
