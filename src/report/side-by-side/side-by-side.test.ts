import { describe, expect, it } from 'vitest';
import { readShown } from '../../scenario/suites/show.js';
import { PLAIN } from '../../terminal/style.js';
import { dhcp4AsPublished, dhcp6WithRefusals, resultOf } from '../report.test-support.js';
import { SideBySideTable } from './side-by-side.js';
import { sideBySideLines } from './side-by-side-text.js';

const SHOW = [
  { figure: 'clientsWithLease' },
  { figure: 'verdict' },
  { figure: 'kea', as: 'Kea' },
  { figure: 'certificationFailures' },
  { figure: 'first.duplicatePercent', as: 'duplicates' },
  { figure: 'responses' },
].map(readShown);

/** Two runs that were made, the second with another case too, and one run that could not be made. */
function table(): SideBySideTable {
  const all = new SideBySideTable('mine', SHOW);
  all.add('2.2', 'pass', resultOf([dhcp4AsPublished()]));
  all.add('2.6', 'fail', resultOf([dhcp4AsPublished(), dhcp6WithRefusals()]));
  all.add('3.0', 'could not be run', undefined);
  return all;
}

describe('runs side by side', () => {
  it('have the figures of the run first, then those of each case, in the order of the suite', () => {
    const { suite, columns, rows } = table().table;
    expect({ suite, columns }).toEqual({ suite: 'mine', columns: ['2.2', '2.6', '3.0'] });
    expect(
      rows.map((row) => [row.case, row.phase, row.figure, row.unit, ...row.values.map(rounded)]),
    ).toEqual([
      ['', '', 'verdict', 'text', 'pass', 'fail', 'could not be run'],
      ['', '', 'Kea', 'text', '2.2.0', '2.2.0', null],
      ['', '', 'certificationFailures', 'count', null, null, null],
      ['dhcp4', '', 'clientsWithLease', 'count', 356, 356, null],
      ['dhcp4', 'DISCOVER-OFFER', 'duplicates', 'percent', 33, 33, null],
      ['dhcp4', 'DISCOVER-OFFER', 'responses', 'count', 356, 356, null],
      ['dhcp4', 'REQUEST-ACK', 'responses', 'count', 356, 356, null],
      ['dhcp6-ia-na', '', 'clientsWithLease', 'count', null, 90, null],
      ['dhcp6-ia-na', 'SOLICIT-ADVERTISE', 'duplicates', 'percent', null, 37, null],
      ['dhcp6-ia-na', 'SOLICIT-ADVERTISE', 'responses', 'count', null, 80, null],
      ['dhcp6-ia-na', 'REQUEST-REPLY', 'responses', 'count', null, 80, null],
    ]);
  });

  it('share a column if their cases differ, each with its own figures of the run', () => {
    const all = new SideBySideTable('mine', [{ figure: 'verdict' }, { figure: 'kea' }].map(readShown));
    all.add('10', 'pass', resultOf([dhcp4AsPublished()]), 'dhcp4');
    all.add('10', 'fail', resultOf([dhcp6WithRefusals()]), 'dhcp6-ia-na');
    all.add('20', 'could not be run', undefined, 'dhcp4');
    expect(all.table.columns).toEqual(['10', '20']);
    expect(all.table.rows.map((row) => [row.case, row.figure, ...row.values])).toEqual([
      ['dhcp4', 'verdict', 'pass', 'could not be run'],
      ['dhcp4', 'kea', '2.2.0', null],
      ['dhcp6-ia-na', 'verdict', 'fail', null],
      ['dhcp6-ia-na', 'kea', '2.2.0', null],
    ]);
  });

  it('are printed in several blocks on a narrow terminal, each with every figure', () => {
    const wide = sideBySideLines(table().table, 80, PLAIN);
    expect(wide.every((line) => line.length <= 80)).toBe(true);
    expect(wide[0]).toMatch(/^mine +2\.2 +2\.6 +3\.0$/);
    const narrow = sideBySideLines(table().table, 54, PLAIN);
    expect(narrow.every((line) => line.length <= 54)).toBe(true);
    expect(narrow.filter((line) => line.startsWith('mine'))).toHaveLength(2);
    expect(narrow).toHaveLength(2 * wide.length + 1);
  });

  it('name the phase of a figure that has several', () => {
    const lines = sideBySideLines(table().table, 80, PLAIN).join('\n');
    expect(lines).toMatch(/^ {2}duplicates {2}/m);
    expect(lines).toMatch(/^ {2}responses REQUEST-ACK +356 +356 +–$/m);
  });

  it('that are repetitions have median and spread, and quartiles from five runs on', () => {
    const repeated = (runs: number, last: 'pass' | 'inconclusive' = 'pass') => {
      const all = new SideBySideTable('mine', SHOW, { spread: true });
      for (let run = 1; run <= runs; run++) {
        const result = resultOf([dhcp4AsPublished()]);
        for (const one of result.cases) one.clientsWithLease = 340 + run;
        all.add(String(run), run === runs ? last : 'pass', result);
      }
      return all.table;
    };
    const clients = repeated(3).rows.find(({ figure }) => figure === 'clientsWithLease');
    expect(clients?.spread).toEqual({ median: 342, min: 341, max: 343, quartiles: null });
    expect(repeated(3).rows.find(({ figure }) => figure === 'verdict')?.spread).toBeNull();
    const withOpen = repeated(4, 'inconclusive').rows.find(({ figure }) => figure === 'clientsWithLease');
    expect(withOpen).toMatchObject({ values: [341, 342, 343, 344], spread: { max: 343 } });
    const few = sideBySideLines(repeated(3), 80, PLAIN);
    expect(few[0]).toMatch(/^mine +median +min–max +1 +2 +3$/);
    expect(few.join('\n')).toMatch(/^ {2}clientsWithLease +342 +341–343 +341 +342 +343$/m);
    const more = sideBySideLines(repeated(5), 100, PLAIN);
    expect(more[0]).toMatch(/^mine +median +min–max +quartiles +1 +2 +3 +4 +5$/);
    expect(more.join('\n')).toMatch(/^ {2}clientsWithLease +343 +341–345 +342–344 +341/m);
    expect(more.join('\n')).toMatch(/^ {2}duplicates +33\.4% += +=/m);
  });
});

function rounded(value: number | string | null): number | string | null {
  return typeof value === 'number' ? Math.floor(value) : value;
}
