import { describe, expect, it } from 'vitest';
import { asShown } from './runs-as-rows.js';
import type { SideBySide, SideBySideRow } from './side-by-side.js';

const row = (
  name: string,
  figure: string,
  unit: SideBySideRow['unit'],
  ...values: SideBySideRow['values']
): SideBySideRow => ({ case: name, phase: '', figure, unit, values });

const TABLE: SideBySide = {
  suite: 'faults',
  columns: ['node-crash', 'flush-control', 'freeze'],
  rows: [
    row('', 'verdict', 'text', 'pass', 'control held', 'could not be run'),
    row('dhcp4', 'lost', 'count', 0, 3, null),
    row('dhcp4', 'unavailable', 'ms', 6_100, null, null),
    row('dhcp6-ia-na', 'lost', 'count', 0, 4, null),
    row('dhcp6-ia-na', 'unavailable', 'ms', 5_900, null, null),
  ],
};

describe('a table with a row for each run', () => {
  it('has the sum of counts over the cases, and the largest of other figures', () => {
    const { columns, rows } = asShown({ ...TABLE, runsAreRows: true });
    expect(columns).toEqual(['verdict', 'lost', 'unavailable']);
    expect(rows.map(({ figure, values }) => [figure, ...values])).toEqual([
      ['node-crash', 'pass', '0', '6.1 s'],
      ['flush-control', 'control held', '7', '–'],
      ['freeze', 'could not be run', '–', '–'],
    ]);
  });

  it('is only made where the suite asks for it', () => {
    expect(asShown(TABLE)).toBe(TABLE);
  });
});
