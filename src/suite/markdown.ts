import {
  brokenChecksTable,
  markdownReport,
  LIGHT_SIGNS,
  SIGNS,
  SUMMARY_LIMIT_BYTES,
  within,
} from '../report/markdown/markdown.js';
import { escapedMarkdown, folded, markdownTable } from '../report/markdown/markdown-text.js';
import type { CaseResult } from '../results/case.js';
import { meaningOf } from '../results/run-outcome.js';
import { asShown } from '../report/side-by-side/runs-as-rows.js';
import { sideBySideColumns } from '../report/side-by-side/side-by-side-columns.js';
import { answerSentences, limitsOf, risingTrials } from './answer.js';
import { isOfRate, RATE_WORDS } from '../report/rates/words.js';
import { percent } from '../report/words/percent.js';
import { ratio } from '../report/words/numbers.js';
import { busySentence } from './busy.js';
import { othersSentence } from './members-differ.js';
import { suiteNext } from './next-step.js';
import { describedSuite, systemsText } from './tested.js';
import type { Limit } from '../report/limit-schema.js';
import { suiteLook, suiteSentence, suiteWord, type SuiteMember } from './headline.js';
import { halfText, halvesOf, isNeutral, triesText } from './run-text.js';
import type { Suite, SuiteRun } from '../report/suite-result.js';

/**
 * `summary.md` of a suite: the outcome of each run, then what is wrong, then each run's own summary, folded.
 *
 * @param limitBytes the maximum size. Parts that do not fit are left out from the end, and a note says so
 */
export function suiteMarkdown(
  suite: Suite,
  members: readonly SuiteMember[],
  limitBytes = SUMMARY_LIMIT_BYTES,
): string {
  const parts = [
    `## ${SIGNS[suiteLook(suite)]} ${suiteWord(suite)} ${escapedMarkdown(suiteSentence(suite))}`,
    escapedMarkdown(othersSentence(members) ?? ''),
    busySentence(members) ?? '',
    suiteNext(suite, members),
    `${escapedMarkdown(describedSuite(suite))}${systemsText(members) === undefined ? '' : `. ${escapedMarkdown(systemsText(members) ?? '')}`}`,
    answerSentences(suite).map(escapedMarkdown).join('\n\n'),
    ...limitsOf(suite).map(ratesTable),
    runsTable(members),
    ...members.map(complaint),
    ...suite.tables.map(asShown).map(sideBySide),
    ...members.map(details),
  ];
  return within(
    limitBytes,
    parts.filter((part) => part !== ''),
  );
}

function ratesTable(limit: Limit): string {
  const rows = risingTrials(limit).map(({ ratePerServer, outcome, withoutTimelyAnswerPercent, why }) => [
    ratio(ratePerServer),
    RATE_WORDS[outcome],
    percent(withoutTimelyAnswerPercent),
    why,
  ]);
  const head = `rate per server, /s: ${limit.cases.join(', ')}`;
  return markdownTable([head, 'outcome', 'without a timely answer', 'what was found'], rows);
}

function runsTable(members: readonly SuiteMember[]): string {
  const rows = members.map(({ run, result }) => [
    `${isNeutral(run.outcome) ? '➖' : LIGHT_SIGNS[meaningOf(run.outcome).light]} ${run.outcome}`,
    run.name,
    halfText(halvesOf({ run, result }).conformance),
    halfText(halvesOf({ run, result }).reproduction),
    (result?.cases ?? []).map(secondPhase).join('; '),
    [...(run.failure ? [`${run.failure.code}: ${run.failure.message}`] : []), ...triesText(run)].join('; '),
  ]);
  return markdownTable(
    ['outcome', 'run', 'conformance', 'reproduction', 'second phase: duplicate leases', 'note'],
    rows,
  );
}

/** Such as `dhcp4 0 of 119`. */
function secondPhase({ name, phases, heldConcurrently }: CaseResult): string {
  const committing = phases
    .filter((phase) => phase.committing)
    .map(({ firstAttempt: f }) => `${f.duplicateLeases} of ${f.responses}`);
  return `${name} ${committing.join(', ')}${heldConcurrently > 0 ? `, ${heldConcurrently} held by two` : ''}`;
}

/**
 * What is wrong with a run: the checks that do not hold, and why its figures are not reproduced. Empty for a good or
 * neutral outcome.
 */
function complaint({ run, result }: SuiteMember): string {
  if (result === undefined || meaningOf(run.outcome).light === 'good') return '';
  if (isNeutral(run.outcome) || isOfRate(run.outcome)) return '';
  const { reproduction } = result;
  const isShown = reproduction !== null && reproduction.verdict !== 'reproduced';
  const said = isShown
    ? escapedMarkdown(`Reproduction, ${reproduction.verdict}: ${reproduction.reason}`)
    : '';
  const parts = [said, brokenChecksTable(result)].filter((part) => part !== '');
  return parts.length === 0 ? '' : [`### ${escapedMarkdown(titleOf(run))}`, ...parts].join('\n\n');
}

function titleOf({ name, outcome }: SuiteRun): string {
  return `${name}: ${outcome}`;
}

function sideBySide(table: Suite['tables'][number]): string {
  const { heads, cells } = sideBySideColumns(table);
  const rows = table.rows.map((row) => [
    [row.case, row.phase, row.figure].filter((word) => word !== '').join(' '),
    ...cells(row),
  ]);
  return folded(`${table.suite}: side by side`, markdownTable(['', ...heads], rows));
}

function details({ run, result }: SuiteMember): string {
  // The summary of a rate that did not hold is left out, as its broken checks are expected.
  const isLeftOut = result === undefined || isOfRate(run.outcome);
  return isLeftOut ? '' : folded(titleOf(run), markdownReport(result));
}
