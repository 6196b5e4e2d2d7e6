import { describe, expect, it } from 'vitest';
import { place, textIn } from './lane.js';

/** The texts that are drawn into the first part of a lane, with the screens that they are for. */
const drawn = (texts: string[], share: number): [string, string][] =>
  [
    ...String(textIn(texts, { fromMs: 0, untilMs: share * 10_000 }, 10_000, { y: 12 })).matchAll(
      /<text class="([^"]*)"[^>]*>([^<]*)</g,
    ),
  ].map(([, look = '', text = '']) => [look, text]);

const STATE = ['Primary Synced, cluster size 3', 'Synced 3', '3'];

describe('a text in a lane', () => {
  it('is the longest one where there is room on every screen', () => {
    expect(drawn(STATE, 0.9)).toEqual([['in-lane', 'Primary Synced, cluster size 3']]);
  });

  it('is a shorter one on a narrow screen', () => {
    expect(drawn(STATE, 0.3)).toEqual([
      ['in-lane wide', 'Primary Synced, cluster size 3'],
      ['in-lane narrow', 'Synced 3'],
    ]);
  });

  it('is left out on a narrow screen where no text has room', () => {
    expect(drawn(STATE, 0.03)).toEqual([['in-lane wide', '3']]);
  });

  it('is left out everywhere where no text has room', () => {
    expect(drawn(STATE, 0.01)).toEqual([]);
  });
});

it('a place is a percentage of the axis with two decimals', () => {
  expect(place(1, 3)).toBe('33.33%');
  expect(place(0, 20_000)).toBe('0%');
});
