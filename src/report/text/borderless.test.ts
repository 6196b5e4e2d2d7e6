import Table from 'cli-table3';
import { describe, expect, it } from 'vitest';
import { NO_BORDERS, trimmed } from './borderless.js';

const HEAD = ['case', 'leases'];

function table(rows: number, options: Table.TableConstructorOptions): Table.Table {
  const made = new Table({
    head: HEAD,
    colAligns: ['left', 'right'],
    style: { head: [], border: [], compact: true },
    ...options,
  });
  // The widest cell of each column is in another part of the split table.
  for (let row = 0; row < rows; row++)
    made.push([row === 7 ? 'a case with a long name' : `case ${row}`, row === rows - 1 ? '1,000,000' : '1']);
  return made;
}

describe('a table as text', () => {
  it.each([
    ['without borders', { chars: NO_BORDERS }],
    ['with borders', {}],
    ['without a head', { head: [] }],
  ])('%s looks the same whether or not it is split', (_, options) => {
    for (const rows of [200, 201, 450]) {
      const whole = table(rows, options).toString().split('\n');
      expect(trimmed(table(rows, options))).toBe(whole.map((line) => line.trimEnd()).join('\n'));
    }
  });

  it('takes less than quadratic time', () => {
    const cpuBefore = process.cpuUsage();
    expect(trimmed(table(5_000, { chars: NO_BORDERS })).split('\n')).toHaveLength(5_001);
    expect(process.cpuUsage(cpuBefore).user / 1e6).toBeLessThan(5);
  });
});
