import { expect, it } from 'vitest';
import type { SideBySideRow } from '../../report/side-by-side/side-by-side.js';
import { loadRequested } from '../../scenario/requested.js';
import { fittingParts, widthPx } from './case-columns.js';

const row = (figure: string, values: SideBySideRow['values'] = [1_234]): SideBySideRow => ({
  ...{ case: 'dhcp4', phase: '', figure, unit: 'count', values },
});

it('the figures of stress are parted so that each part fits into a page of 1280 pixels', () => {
  const requested = loadRequested('stress', { set: [], quick: true });
  const rows = (requested.kind === 'suite' ? requested.suite.show : []).map(({ label }) => row(label));
  const parts = fittingParts(rows, 110);
  expect(rows.length).toBeGreaterThan(15);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.flat()).toEqual(rows);
  for (const part of parts) expect(part.reduce((sum, one) => sum + widthPx(one), 110)).toBeLessThan(1_130);
  expect(parts[0]?.map(({ figure }) => figure)).toContain('without a timely answer');
});

it('a head of several words is broken, and a single column always fits', () => {
  expect(widthPx(row('a b c d e f g h i j k l'))).toBe(widthPx(row('a')));
  expect(fittingParts([row('x'.repeat(500)), row('a')], 110)).toHaveLength(2);
});
