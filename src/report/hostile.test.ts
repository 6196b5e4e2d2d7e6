import { describe, expect, it } from 'vitest';
import { exportedText } from '../observations/export/text.js';
import type { Layout, Observation } from '../observations/observation.js';
import { SyntheticRun, v4 } from '../judgement/synthetic.test-support.js';
import { PLAIN } from '../terminal/style.js';
import { HOSTILE, hostileResults } from './hostile.test-support.js';
import { lastLines, quietLines } from './text/last-lines.js';
import { leasesCsv } from './leases-csv.js';
import { markdownReport } from './markdown/markdown.js';
import { terminalReport } from './text/terminal.js';

/** Control and direction characters, except the line feeds between lines. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u200b]/;

describe.each(
  hostileResults().map((result) => [result.source === null ? 'a run' : 'a capture', result] as const),
)('hostile text in %s', (_, result) => {
  it('is escaped on a terminal, and adds no line', () => {
    const text = [
      terminalReport(result, { runDirectory: '', verbose: true, columns: 100_000 }),
      ...lastLines(result, { runDirectory: '' }),
      ...quietLines(result, '', PLAIN),
    ].join('\n');
    expect(text).toContain('\\u001b[31mred');
    expect(text).not.toMatch(OBEYED);
    expect(text).not.toMatch(/^\s*## taken/m);
  });

  it('is no HTML, link or heading in Markdown, and breaks no table', () => {
    const text = markdownReport(result);
    expect(text).toContain('\\u001b'.replace('\\', '&#92;'));
    expect(text).not.toMatch(OBEYED);
    const outside = text.replace(/^ {4}.*$/gm, '');
    const tags = Array.from(outside.matchAll(/<[^>]*>/g), ([tag]) => tag);
    expect(new Set(tags)).toEqual(new Set(['<details>', '<summary>', '</summary>', '</details>']));
    expect(count(outside, '<details>')).toBe(count(outside, '</details>'));
    expect(outside).not.toMatch(/\]\(|^## taken/m);
    for (const table of text.split('\n\n').filter((part) => part.startsWith('| '))) {
      const bars = table.split('\n').map((line) => count(line, '|'));
      expect(new Set(bars).size, table).toBe(1);
    }
  });
});

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

describe('hostile text in a table for spreadsheets', () => {
  const names = [HOSTILE, `=cmd|' /C calc'!A0`, '+1+1', '-1+1', '@SUM(A1)', '\t=1', '-7', 'a,"b"'];
  const run = new SyntheticRun({ name: 'dhcp4', clients: names.length });
  for (let client = 0; client < names.length; client++) run.lease(client, v4(client));
  const layout: Layout = { cases: [{ ...run.layout, servers: names }] };
  const observations: Observation[] = run.observations.map((one) => ({
    ...one,
    server: one.client,
    ...(one.type === 'answer' ? { fromServer: one.client } : {}),
  }));
  const journal = { layout, observations: () => observations };

  it.each([
    ['an export', () => [...exportedText(journal, 'csv')].join('')],
    ['leases.csv', () => [...leasesCsv(journal)].join('')],
  ])('of %s stays in its field and begins no formula', (_, write) => {
    const [head = [], ...rows] = fieldsOf(write());
    expect(rows.length).toBeGreaterThanOrEqual(names.length);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
    const shown = rows.map((row) => row[head.indexOf('server')] ?? '');
    expect(new Set(shown)).toEqual(
      new Set([HOSTILE, `'=cmd|' /C calc'!A0`, `'+1+1`, `'-1+1`, `'@SUM(A1)`, `'\t=1`, '-7', 'a,"b"']),
    );
  });
});

/** Parses CSV strictly by RFC 4180. */
function fieldsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n)/gy;
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\n' && field.lastIndex < text.length) rows.push([]);
    if (field.lastIndex === text.length) return rows;
  }
  throw new Error(`no CSV: ${text.slice(0, 200)}`);
}
