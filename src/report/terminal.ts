import { accompanyingLines } from './accompanying.js';
import { auditLines } from './audit.js';
import {
  articleLines,
  brokenChecks,
  environmentLine,
  explanations,
  latencyLines,
  sourceLines,
  witnessLines,
} from './findings.js';
import { headline } from './headline.js';
import { phaseTable } from './phase-table.js';
import type { Result } from './result.js';
import { resourceLines } from './resources.js';
import { PLAIN, type Style } from '../terminal/style.js';
import { wrap } from './wrap.js';

export interface TerminalOptions {
  /** Shown last; empty for what others recorded. */
  runDirectory: string;
  /** Width of the terminal; 80 by default. */
  columns?: number;
  /** Plain by default. */
  style?: Style;
}

/**
 * The report an operator reads: verdict and second phase first, then the table, what explains it, what doesn't
 * hold. Sections without content are left out.
 *
 * @returns lines, with a line feed after the last
 */
export function terminalReport(result: Result, options: TerminalOptions): string {
  const { runDirectory, columns = 80, style = PLAIN } = options;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', style.bold(title), ...lines];
  return [
    ...headline(result, columns, style),
    ...section('Checks that do not hold', brokenChecks(result, columns, style)),
    ...section('Witnesses', witnessLines(result, columns)),
    ...section('Audit of the lease tables', auditLines(result, columns)),
    ...section('First attempts, all servers together', [phaseTable(result, columns, style)]),
    ...section('What explains the figures', explanations(result, columns)),
    ...section('What servers and nodes said meanwhile', accompanyingLines(result, columns)),
    ...section('What the load took of the machine', resourceLines(result, columns)),
    ...section("In the article's format", articleLines(result)),
    ...section('What the source does not tell, and how it was read', sourceLines(result, columns)),
    ...section('Latency in ms: median / p99 / p99.9 / longest', latencyLines(result, columns)),
    '',
    ...wrap(environmentLine(result), columns).map(style.dim),
    ...(runDirectory === '' ? [] : [runDirectory]),
    '',
  ].join('\n');
}
