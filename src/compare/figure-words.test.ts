import { expect, it } from 'vitest';
import { comparedFigures } from './figures.js';
import { PASSING } from './compare.test-support.js';
import { figureWords, placedFigure } from './figure-words.js';
import { DEFAULT_TOLERANCES } from './tolerances.js';

it('no figure of a comparison has a name with a dot or a hump in it for readers', () => {
  const names = comparedFigures(PASSING, DEFAULT_TOLERANCES).map(figureWords);
  expect(names).toEqual(expect.arrayContaining(['held by two at once', 'audit: not-live', 'latency p99']));
  expect(names.filter((name) => /\.|[a-z][A-Z]/.test(name))).toEqual([]);
});

it('a figure of the whole run has neither case nor phase', () => {
  expect(placedFigure({ case: '', phase: '', figure: 'audit.untold' })).toBe('audit: untold');
  expect(placedFigure({ case: 'dhcp4', phase: 'REQUEST-ACK', figure: 'rate' })).toBe(
    'dhcp4 REQUEST-ACK rate achieved',
  );
});
