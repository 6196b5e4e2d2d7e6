import { allPrintable } from '../../terminal/printable.js';
import { PLAIN, type Style } from '../../terminal/style.js';
import { accompanyingLines } from './logs-and-nodes.js';
import { figuresTitle } from './all-attempts.js';
import { answeredLines, ANSWERED_TITLE } from './answered-table.js';
import { auditLines } from './audit.js';
import { BY_SERVER_TITLE, serverTable } from './by-server.js';
import { FAULTS_TITLE, faultSentences } from '../words/faults.js';
import { caseLines } from '../words/case-sentence.js';
import { caseVerdictLines } from './case-verdicts.js';
import { CAUSES_TITLE } from '../words/causes.js';
import { causeLines } from './causes.js';
import { clockSentences, CLOCKS_TITLE } from '../words/clocks.js';
import { commitFindingLines, commitLines } from './commits.js';
import { brokenChecks, CHECK_HEADINGS } from './check-rows.js';
import { articleLines, environmentLine, explanations, latencyLines, sourceLines } from './findings.js';
import { FURTHER_FIGURES_TITLE, furtherFigureLines } from './further-figures.js';
import { knownSentences } from '../words/known.js';
import { lastLines, type LastLinesOptions } from './last-lines.js';
import { phaseTable } from './phase-table.js';
import { reproductionLines } from './reproduction.js';
import { resourceLines } from './resources.js';
import type { Result } from '../../results/result.js';
import { withSeenPhases } from '../result/seen-phases.js';
import { witnessLines, WITNESSES_SHOWN } from '../words/witness-text.js';
import { wrap } from '../words/wrap.js';

export interface TerminalOptions extends LastLinesOptions {
  /** Shows everything. By default the report shows only what explains the verdict. */
  verbose?: boolean;
}

type Section = readonly [title: string, lines: readonly string[]];

/**
 * The report on the terminal. The screen shows the end of the output, so the verdict comes last, directly below what
 * explains it. Sections without content are left out.
 *
 * @returns lines, with a line feed after the last
 */
export function terminalReport(told: Result, options: TerminalOptions): string {
  const { columns = 80, style = PLAIN, verbose = false } = options;
  const result = withSeenPhases(allPrintable(told));
  const sections = [
    ...(verbose ? background(result, columns, style) : []),
    ...figures(result, columns, style, verbose),
    ...findings(result, columns, style, verbose),
  ].filter(([, lines]) => lines.length > 0);
  return [
    ...sections.flatMap(([title, lines]) => ['', style.bold(title), ...lines]),
    '',
    ...lastLines(result, options),
    '',
  ].join('\n');
}

/** Sections that a reader rarely needs for understanding a verdict. */
function background(result: Result, columns: number, style: Style): Section[] {
  return [
    ['Environment', wrap(environmentLine(result), columns).map(style.dim)],
    [ANSWERED_TITLE, answeredLines(result, columns, true)],
    ['Latency in ms: median / p99 / p99.9 / longest', latencyLines(result, columns)],
    [FURTHER_FIGURES_TITLE, furtherFigureLines(result, columns)],
    [BY_SERVER_TITLE, serverTable(result, style)],
    ["In the article's format", articleLines(result)],
    ['Resource usage', resourceLines(result, columns)],
    ['Log messages and counters during the load', accompanyingLines(result, columns)],
    ['What explains the figures', explanations(result, columns)],
    ['Audit of the lease tables', auditLines(result, columns)],
    ['What happened in between', commitLines(result, columns)],
    [CLOCKS_TITLE, clockSentences(result).flatMap((text) => wrap(text, columns, 2, '- '))],
  ];
}

function figures(result: Result, columns: number, style: Style, verbose: boolean): Section[] {
  const hasPhases = result.cases.some(({ phases }) => phases.length > 0);
  return [
    ['How the source was read, and what it lacks', sourceLines(result, columns)],
    [figuresTitle(result), hasPhases ? [phaseTable(result, columns, style)] : []],
    ...(verbose ? [] : [[ANSWERED_TITLE, answeredLines(result, columns, false)] as const]),
    ['Leases that clients hold', caseLines(result, columns, style)],
    [FAULTS_TITLE, faultSentences(result, verbose).flatMap((text) => wrap(text, columns, 2, '- '))],
  ];
}

/**
 * The title of the witnesses. Their times count from the start of the run or of the recording. For a recording the
 * title names this start, so that a reader can match the times with other records of the network.
 */
function witnessesTitle({ source, startedAt }: Result): string {
  return source === null || startedAt === null ? 'Witnesses' : `Witnesses, in seconds since ${startedAt}`;
}

/** Sections on what does not hold. */
function findings(result: Result, columns: number, style: Style, verbose: boolean): Section[] {
  const known = knownSentences(result).flatMap((text) => wrap(text, columns, 2, '- '));
  const broken = (verdict: keyof typeof CHECK_HEADINGS): Section => {
    const count = result.checks.filter((check) => check.verdict === verdict).length;
    return [`${CHECK_HEADINGS[verdict]} (${count})`, brokenChecks(result, verdict, columns, style)];
  };
  return [
    [witnessesTitle(result), witnessLines(result, columns, verbose ? undefined : WITNESSES_SHOWN)],
    ['What happened to leases in between', commitFindingLines(result, columns)],
    ['Known failures', known],
    [CAUSES_TITLE, causeLines(result, columns)],
    [
      `Reproduction: ${result.reproduction?.verdict ?? ''}`,
      reproductionLines(result, columns, style, verbose),
    ],
    broken('fail'),
    broken('inconclusive'),
    ['Verdict by case', caseVerdictLines(result, columns, style)],
  ];
}
