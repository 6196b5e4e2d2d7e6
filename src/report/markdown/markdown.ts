import { count, milliseconds } from '../words/numbers.js';
import { percent } from '../words/percent.js';
import { CONFLICTS, grownBy, notCountedTexts, replicatingNodes } from '../words/conflicts.js';
import { COMPARISON_TEXT } from '../words/comparison-words.js';
import { allAttemptsOf } from '../text/all-attempts.js';
import { BY_SERVER_HEADS, BY_SERVER_TITLE, serverRows } from '../text/by-server.js';
import { printable } from '../../terminal/printable.js';
import { environmentLine, explanationSentences } from '../text/findings.js';
import { FAULTS_TITLE, faultSentences } from '../words/faults.js';
import { caseSentence } from '../words/case-sentence.js';
import { CHECK_HEADINGS, type Check } from '../text/check-rows.js';
import { FURTHER_FIGURES_TITLE, furtherFigures } from '../text/further-figures.js';
import { halvesText, outcomeWord, verdictSentence } from '../words/headline.js';
import { knownSentences } from '../words/known.js';
import { leaseDatabaseSettings } from '../words/lease-database.js';
import { escapedMarkdown, folded, markdownTable, markdownWithCode } from './markdown-text.js';
import { nextStep } from '../words/checks/next-step.js';
import { type Light, meaningOf } from '../../results/run-outcome.js';
import { ANSWERED } from '../../results/outcomes.js';
import { answeredCounts } from '../words/answered.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import { rerunArguments } from '../words/rerun.js';
import { isFirstOfItsName, phaseLabel } from '../words/phase-label.js';
import { figuresByNodeNote } from '../words/proxy.js';
import { busySentence, figureWord, premiseWord } from '../text/reproduction.js';
import { resourceSentences } from '../text/resources.js';
import { besideTexts, numberedIn, whoText, witnessTitle } from '../words/witness-text.js';

/** The size limit of GitHub for the summary of a step: one MiB. */
export const SUMMARY_LIMIT_BYTES = 1 << 20;

/** The most items of a list or table that may be long. */
const ITEMS_SHOWN = 50;

export const SIGNS: Record<Result['verdict'], string> = { pass: '✅', fail: '❌', inconclusive: '❔' };
export const LIGHT_SIGNS: Record<Light, string> = {
  good: SIGNS.pass,
  red: SIGNS.fail,
  open: SIGNS.inconclusive,
};

/**
 * `summary.md`, for the summary of a CI job. The verdict comes first, and details are folded.
 *
 * @param limitBytes the maximum size. Parts that do not fit are left out from the end, and a note says so
 */
export function markdownReport(result: Result, limitBytes = SUMMARY_LIMIT_BYTES): string {
  const { cases } = result;
  const parts = [
    `## ${LIGHT_SIGNS[meaningOf(result.outcome).light]} ${outcomeWord(result)} ${escapedMarkdown(verdictSentence(result))}`,
    `**${escapedMarkdown(halvesText(result))}**. ${markdownWithCode(nextStep(result))}`,
    cases.map((one) => `- **${escapedMarkdown(one.name)}** ${escapedMarkdown(caseSentence(one))}`).join('\n'),
    brokenChecks(result, 'fail'),
    brokenChecks(result, 'inconclusive'),
    knownFailures(result),
    reproduction(result),
    figures(cases),
    list(FAULTS_TITLE, faultSentences(result)),
    list('What explains the figures', explanationSentences(result)),
    list('Witnesses', witnesses(result), witnessesOmitted(cases)),
    further(result),
    byServer(result),
    latency(cases),
    conflicts(result),
    list('Resource usage', resourceSentences(result)),
    allChecks(result),
    environment(result),
  ];
  return within(
    limitBytes,
    parts.filter((part) => part !== ''),
  );
}

/** Joins as many whole parts as fit. Cuts the first part only if it does not fit by itself. */
export function within(limitBytes: number, parts: readonly string[]): string {
  const note = '_The rest did not fit here; see report.html and result.json._';
  const bytes = (text: string) => Buffer.byteLength(text) + 2;
  let left = limitBytes - bytes(note);
  const kept: string[] = [];
  for (const part of parts) {
    if (bytes(part) > left) {
      const first = Buffer.from(part).subarray(0, Math.max(0, left - 2));
      return [...(kept.length === 0 ? [first.toString()] : kept), note].join('\n\n') + '\n';
    }
    left -= bytes(part);
    kept.push(part);
  }
  return kept.join('\n\n') + '\n';
}

function brokenChecks({ checks }: Result, verdict: keyof typeof CHECK_HEADINGS): string {
  const those = checks.filter((check) => check.verdict === verdict);
  if (those.length === 0) return '';
  return `### ${CHECK_HEADINGS[verdict]} (${those.length})\n\n${checksTable(those.slice(0, ITEMS_SHOWN))}`;
}

function knownFailures(result: Result): string {
  const sentences = knownSentences(result);
  const items = sentences.map((one) => `- ${escapedMarkdown(one)}`);
  return items.length === 0 ? '' : `### Known failures\n\n${items.join('\n')}`;
}

/** The reproduction half of the verdict. Unfolded unless the figures are reproduced. */
function reproduction(result: Result): string {
  const { reproduction: found } = result;
  if (found === null) return '';
  const row = (wordOf: (row: Check) => string) => (one: Check) => [
    `${SIGNS[one.verdict]} ${wordOf(one)}`,
    ...[one.name, one.case, one.phase, one.expected, one.actual],
  ];
  const rows = [...found.figures.map(row(figureWord)), ...found.premises.map(row(premiseWord))];
  const busy = busySentence(result);
  const title = `Reproduction: ${found.verdict}`;
  const content = [
    escapedMarkdown(`${found.reason}. ${busy}`.trim()),
    markdownTable(['', 'figure or premise', 'case', 'phase', 'expected', 'found'], rows),
  ].join('\n\n');
  return found.verdict === 'reproduced'
    ? folded(title, content)
    : `### ${escapedMarkdown(title)}\n\n${content}`;
}

/** The table of checks that do not hold; empty if all hold. */
export function brokenChecksTable({ checks }: Result): string {
  const broken = checks.filter(({ verdict }) => verdict !== 'pass');
  return broken.length === 0 ? '' : checksTable(broken.slice(0, ITEMS_SHOWN));
}

function allChecks({ checks }: Result): string {
  return folded(`All ${checks.length} checks`, checksTable(checks));
}

function checksTable(checks: Result['checks']): string {
  return markdownTable(
    ['', 'check', 'case', 'phase', 'expected', 'found'],
    checks.map(({ verdict, name, case: caseName, phase, expected, actual, known }) => [
      SIGNS[verdict],
      name,
      caseName,
      phase,
      expected,
      known === undefined ? actual : `${actual}; known: ${known.text}`,
    ]),
  );
}

/**
 * The figures of first attempts, beside the lines of the article. All attempts get a row where they differ, as on
 * screen.
 */
function figures(cases: readonly CaseResult[]): string {
  const rows = cases.flatMap((one) =>
    one.phases.flatMap((phase) => {
      const compared = one.published?.phases.find((other) => other.phase === phase.name);
      const published =
        compared === undefined ? '' : `${compared.published.line} — ${COMPARISON_TEXT[compared.word].text}`;
      const label = phaseLabel(one, phase);
      const all = allAttemptsOf(phase);
      return [
        [one.name, label, ...counts(phase.firstAttempt), published],
        ...(all === undefined ? [] : [[one.name, `${label}, all attempts`, ...counts(all), '']]),
      ];
    }),
  );
  const heads = [
    'case',
    'phase',
    'requests',
    'leases',
    'distinct',
    'duplicates',
    'dup %',
    'app %',
    'published',
  ];
  return markdownTable(heads, rows);
}

function counts(f: CaseResult['phases'][number]['firstAttempt']): string[] {
  return [
    ...[f.requests, f.responses, f.distinctLeases, f.duplicateLeases].map(count),
    percent(f.duplicatePercent),
    percent(f.appearancePercent),
  ];
}

function further(result: Result): string {
  const rows = furtherFigures(result).map((one) => [one.case, one.phase, one.label, one.shown]);
  return rows.length === 0
    ? ''
    : folded(FURTHER_FIGURES_TITLE, markdownTable(['case', 'phase', 'figure', 'value'], rows));
}

function byServer(result: Result): string {
  const rows = serverRows(result);
  return rows.length === 0 ? '' : folded(BY_SERVER_TITLE, markdownTable(BY_SERVER_HEADS, rows));
}

function latency(cases: readonly CaseResult[]): string {
  const rows = cases.flatMap((one) => [
    ...one.phases.filter(isFirstOfItsName).flatMap((phase) => {
      const { late, unanswered } = answeredCounts(phase);
      const missed = [late, unanswered].map(count);
      return phase.latencyMs === null
        ? []
        : [[one.name, phase.name, ...percentiles(phase.latencyMs), ...missed]];
    }),
    ...(one.schedule?.latenessMs === undefined
      ? []
      : [[one.name, 'starts late', ...percentiles(one.schedule.latenessMs), '', '']]),
  ]);
  if (rows.length === 0) return '';
  return folded(
    'Latency in ms',
    markdownTable(
      ['case', 'phase', 'p50', 'p90', 'p99', 'p99.9', 'longest', ANSWERED.late, ANSWERED.unanswered],
      rows,
    ),
  );
}

type Percentiles = NonNullable<NonNullable<CaseResult['schedule']>['latenessMs']>;

function percentiles({ p50, p90, p99, p999 = null, max }: Percentiles): string[] {
  return [p50, p90, p99, p999, max].map((value) => milliseconds(value));
}

function conflicts(result: Result): string {
  const nodes = replicatingNodes(result);
  if (nodes.length === 0) return '';
  const counters = Object.keys(CONFLICTS);
  const rows = nodes.map((one) => [one.node, ...counters.map((counter) => grownBy(one, counter))]);
  const note = figuresByNodeNote(result);
  const table = markdownTable(['node', ...Object.values(CONFLICTS)], rows);
  const notes = [...(note === undefined ? [] : [note]), ...notCountedTexts(result)].map(escapedMarkdown);
  return folded('Conflicts per node', [...notes, table].join('\n\n'));
}

function witnesses({ cases, source, faults }: Result): string[] {
  const numbered = numberedIn({ source });
  return cases.flatMap((one) =>
    one.witnesses.slice(0, ITEMS_SHOWN).map((witness) => {
      const holders = witness.holders.map((holder) => `${whoText(holder, numbered)} by ${holder.server}`);
      const all = [...holders, ...besideTexts(witness, faults?.faults)];
      return `${one.name} ${witnessTitle(witness)}: ${all.join('; ')}`;
    }),
  );
}

/** How many witnesses the list of {@link witnesses} leaves out. */
function witnessesOmitted(cases: readonly CaseResult[]): number {
  return cases.reduce(
    (sum, one) => sum + one.witnessesOmitted + Math.max(0, one.witnesses.length - ITEMS_SHOWN),
    0,
  );
}

function list(title: string, items: readonly string[], omitted = 0): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, ITEMS_SHOWN).map((item) => `- ${escapedMarkdown(item)}`);
  const more = omitted + items.length - shown.length;
  return folded(title, [...shown, ...(more === 0 ? [] : [`- and ${more} more`])].join('\n'));
}

function environment(result: Result): string {
  const command = rerunArguments(result);
  const settings = [
    ...leaseDatabaseSettings(result),
    ...Object.entries(result.environment?.database.settings ?? {}),
  ].map(([name, value]) => `- ${escapedMarkdown(`${name} = ${String(value)}`)}`);
  const again =
    command === undefined
      ? []
      : [
          '',
          'Run it again:',
          '',
          `    ${printable(`${result.tool.name} ${command}`.replace(/\s*\n\s*/g, ' '))}`,
        ];
  return folded(
    'Environment',
    [escapedMarkdown(environmentLine(result)), '', ...settings, ...again].join('\n'),
  );
}
