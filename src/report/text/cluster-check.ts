import type { ClusterCheck, ClusterCheckResult, SettingAdvice } from '../../cluster/check/cluster-check.js';
import type { Advice } from '../../kea/advice/advice.js';
import { allPrintable } from '../../terminal/printable.js';
import { PLAIN, type Style } from '../../terminal/style.js';
import { borderless, trimmed } from './borderless.js';
import { adviceLines } from './kea-advice.js';
import { clusterFindings, clusterHeadline, NODE_COLUMNS, presentText } from '../words/cluster-check.js';
import { wrap } from '../words/wrap.js';

/**
 * The report of `cluster check`: a row for each node, then the failed checks with what to do about them, then the
 * settings known to matter.
 *
 * @returns lines, with a line feed after the last
 */
export function clusterCheckReport(
  told: ClusterCheckResult,
  {
    columns = 80,
    style = PLAIN,
    advice = [],
  }: { columns?: number; style?: Style; advice?: readonly Advice[] } = {},
): string {
  const result = allPrintable(told);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', style.bold(title), ...lines];
  return [
    ...wrap(clusterHeadline(result), columns, 6, result.verdict === 'pass' ? 'PASS' : 'FAIL').map(
      (line, i) => (i > 0 ? line : paintVerdict(line, result, style)),
    ),
    '',
    nodeTable(result, style),
    ...section('Failed checks', brokenChecks(result, columns, style)),
    ...section('Settings known to matter', settingLines(result, columns, style)),
    ...section('Compared with the scenario recommended', adviceLines(allPrintable(advice), columns, style)),
    ...section(
      'Notes',
      result.notes.flatMap((note) => wrap(note, columns - 2, 2, '- ')),
    ),
    '',
  ].join('\n');
}

function paintVerdict(line: string, { verdict }: ClusterCheckResult, style: Style): string {
  return (verdict === 'pass' ? style.green : style.red)(line.slice(0, 4)) + line.slice(4);
}

function nodeTable({ nodes, checks, unreachable }: ClusterCheckResult, style: Style): string {
  const table = borderless(['node', 'kind', ...NODE_COLUMNS.map(({ head }) => head)], style);
  for (const { name, kind } of nodes) {
    const word = kind === 'plain' ? style.red(kind) : kind;
    table.push([name, word, ...NODE_COLUMNS.map((column) => cell(checks, column.name, name, style))]);
  }
  for (const { node } of unreachable) table.push([node, style.red('unreached')]);
  return trimmed(table);
}

function cell(checks: readonly ClusterCheck[], column: string, node: string, style: Style): string {
  const check = checks.find((one) => one.name === column && one.node === node);
  if (check === undefined) return '–';
  if (check.verdict === 'pass') return check.actual;
  // The section below the table shows the long answer of a node in full.
  return style.red(check.actual.length > 20 ? 'no' : check.actual);
}

function brokenChecks(result: ClusterCheckResult, columns: number, style: Style): string[] {
  return clusterFindings(result).flatMap(({ title, hint }) => {
    const [first = '', ...more] = wrap(title, columns, 2);
    return [style.red(first.trimStart()), ...more, ...(hint === null ? [] : wrap(hint, columns, 4, '  →'))];
  });
}

function settingLines({ settings }: ClusterCheckResult, columns: number, style: Style): string[] {
  if (settings.length === 0) return [];
  const withWeight = (weight: SettingAdvice['weight']) => settings.filter((one) => one.weight === weight);
  const paints = { ok: style.green, note: style.yellow, wrong: style.red };
  const table = borderless(['', 'setting', 'present', 'advised'], style);
  const inOrder = [...withWeight('wrong'), ...withWeight('note'), ...withWeight('ok')];
  for (const { name, values, advised, weight } of inOrder) {
    table.push([paints[weight](weight), name, presentText(values), advised]);
  }
  const [head = '', ...rows] = trimmed(table).split('\n');
  return [
    head,
    ...rows.flatMap((row, i) => {
      const one = inOrder[i];
      // Whoever has a setting as advised needs no reason; the page has it.
      const meaning = one === undefined || one.weight === 'ok' ? [] : wrap(one.meaning, columns, 6);
      return [row, ...meaning.map(style.dim)];
    }),
  ];
}
