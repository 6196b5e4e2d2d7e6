import { describedRun } from '../../../scenario/language/load-text.js';
import { scenarioSchema } from '../../../scenario/schema.js';
import { environmentLine } from '../../text/findings.js';
import { caseSentence, hasConflicts } from '../../words/case-sentence.js';
import { halvesText, outcomeWord, verdictSentence } from '../../words/headline.js';
import { worstWaitSentence } from '../../words/faults.js';
import { nextStep } from '../../words/checks/next-step.js';
import { meaningOf } from '../../../results/run-outcome.js';
import type { CaseResult } from '../../../results/case.js';
import type { Result } from '../../../results/result.js';
import type { PhaseResult } from '../../../results/phase.js';
import { isFirstOfItsName, isOneOfSeveral } from '../../words/phase-label.js';
import { phasePath } from '../input.js';
import { breakable, html, withCode, type Content, type Markup } from '../markup.js';
import { percent } from '../../words/percent.js';
import { count } from '../../words/numbers.js';
import { figure } from '../table.js';
import { timeTaken } from '../../words/took.js';

/** A sign for each verdict, so that a verdict does not depend on its colour. */
export const SIGNS: Record<Result['verdict'], string> = { pass: '✓', fail: '✗', inconclusive: '?' };

/** The CSS class of each light. */
export const LOOKS = { good: 'pass', red: 'fail', open: 'inconclusive' } as const;

/** The beginning of the page: the verdict. */
export function verdictHeader(result: Result): Markup {
  const description = descriptionOf(result.scenario);
  const look = LOOKS[meaningOf(result.outcome).light];
  return html`<header class="${look}">
      <p class="verdict">
        <strong><span aria-hidden="true">${SIGNS[look]}</span>&nbsp;${outcomeWord(result)}</strong>
      </p>
      <div>
        <h1>${breakable(verdictSentence(result))}</h1>
        <p class="halves">${halvesText(result)}</p>
        ${result.faults === undefined ? null : html`<p>${worstWaitSentence(result.faults)}</p>`}
        <p>${withCode(nextStep(result))}</p>
        ${description === undefined ? null : html`<p>${description}</p>`}
        <p class="meta">
          ${[whenText(result), environmentLine(result)].filter((text) => text !== '').join(' · ')}
        </p>
      </div>
    </header>`;
}

/** A card for each case, which begins with its committing phase. */
export function caseCards(result: Result): Markup {
  return html`<div class="cards">${result.cases.map((one, index) => caseCard(one, index, result))}</div>`;
}

/**
 * The description of the scenario with its load. For recorded exchanges, and for a scenario of another version, the
 * description alone.
 */
function descriptionOf({ effective, argv }: Result['scenario']): string | undefined {
  const { data } = scenarioSchema.safeParse(effective);
  if (data !== undefined) return describedRun(data, argv);
  const { description } = effective;
  return typeof description === 'string' ? description : undefined;
}

/** Such as `2026-11-23 05:44 UTC, 39 s`. */
function whenText({ startedAt, finishedAt }: Result): string {
  if (startedAt === null) return '';
  const start = `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC`;
  if (finishedAt === null) return start;
  return `${start}, ${timeTaken(startedAt, finishedAt)}`;
}

function caseCard(one: CaseResult, index: number, result: Result): Markup {
  const open = result.checks.filter(
    ({ case: name, verdict }) => name === one.name && verdict === 'inconclusive',
  );
  const look = lookOf(one, open.length > 0);
  const phases = one.phases.map((phase, i) => ({ phase, path: phasePath(index, i) }));
  return html`<article class="card ${look}">
    <h2>${one.name}</h2>
    <p class="said"><span aria-hidden="true">${SIGNS[look]}</span> ${caseSentence(one, result)}</p>
    <dl>
      ${
        open.length === 0
          ? null
          : line(
              "Can't tell",
              [...new Set(open.map(({ name }) => name))].join(', '),
              'the checks below say why',
            )
      }
      ${phases.map((of) => phaseFigures(one, of))}
      ${line('Held by two at once', [
        figure(conflicts(one.heldConcurrently, `cases.${index}.heldConcurrently`)),
        overlap(one, index),
      ])}
      ${kept(one, index)}
      ${(one.returns ?? []).map((phase, i) => givenBack(phase, `cases.${index}.returns.${i}`))}
      ${declined(one, index)}
      ${line('Clients with a lease', [
        figure({
          shown: count(one.clientsWithLease),
          value: one.clientsWithLease,
          path: `cases.${index}.clientsWithLease`,
        }),
        ` of ${count(one.clients)}`,
      ])}
    </dl>
  </article>`;
}

/** Conflicts are certain, so they come before a check that can't tell. */
function lookOf(one: CaseResult, isOpen: boolean): Result['verdict'] {
  if (one.committingLeases === 0) return 'inconclusive';
  if (hasConflicts(one)) return 'fail';
  return isOpen ? 'inconclusive' : 'pass';
}

function line(name: string, value: Content, title = ''): Markup {
  return html`<div ${title === '' ? null : html`title="${title}"`}><dt>${name}</dt><dd>${value}</dd></div>`;
}

function phaseFigures(one: CaseResult, { phase, path }: { phase: PhaseResult; path: string }): Content {
  const { duplicateLeases, responses, duplicatePercent } = phase.firstAttempt;
  const duplicates = {
    ...conflicts(duplicateLeases, `${path}.firstAttempt.duplicateLeases`),
    bad: phase.committing && duplicateLeases > 0,
  };
  const what = phase.committing ? 'Duplicate leases' : 'Duplicate offers';
  // If a message leases both an address and a prefix, each type has a line. So has each phase that gives leases.
  const type = isOneOfSeveral(one, phase) ? `, ${phase.leaseType}` : '';
  const alike = one.phases.filter(({ committing }) => committing === phase.committing);
  const ofPhase = alike.every(({ name }) => name === phase.name) ? '' : `, ${phase.name}`;
  const refusing = one.phases.filter(({ refusals }) => refusals.clients > 0);
  const refusedBy = refusing.every(({ name }) => name === phase.name) ? '' : `, ${phase.name}`;
  const share = duplicateLeases > 0 ? `, ${percent(duplicatePercent)}` : '';
  const { clients } = phase.refusals;
  const refused = { shown: count(clients), value: clients, path: `${path}.refusals.clients` };
  return [
    line(`${what}${ofPhase}${type}`, [figure(duplicates), ` of ${count(responses)}${share}`], phase.name),
    clients === 0 || !isFirstOfItsName(phase, one.phases.indexOf(phase), one.phases)
      ? null
      : line(
          `Refused at first${refusedBy}`,
          [figure(refused), ` of ${count(phase.firstAttempt.requests)}`],
          phase.name,
        ),
  ];
}

function conflicts(value: number, path: string) {
  return { shown: count(value), value, path, bad: value > 0 };
}

/** The overlapping leases. Empty if there are none, as in every case without prefixes. */
function overlap({ overlappingLeases }: CaseResult, index: number): Content {
  if (overlappingLeases === 0) return null;
  return html`, ${figure(conflicts(overlappingLeases, `cases.${index}.overlappingLeases`))} inside another's
  prefix`;
}

/** The renewals that lost their lease. Empty if no client renewed. */
function kept({ renewals }: CaseResult, index: number): Content {
  if (renewals === undefined || renewals.judged === 0) return null;
  const { judged, notKept } = renewals;
  return line(
    'Renewals that cost the lease, all attempts',
    [figure(conflicts(notKept, `cases.${index}.renewals.notKept`)), ` of ${count(judged)}`],
    'the server refused or ended the lease that the client held, or gave it another one',
  );
}

/** What clients gave back in a phase. */
function givenBack({ name, leases }: NonNullable<CaseResult['returns']>[number], path: string): Markup {
  return line(
    `Leases given back, ${name}`,
    figure({ shown: count(leases), value: leases, path: `${path}.leases` }),
    'leases that clients held and gave back, all attempts',
  );
}

/** The declined leases that were given again. Empty if no client declined. */
function declined({ declines }: CaseResult, index: number): Content {
  if (declines === undefined || declines.declined === 0) return null;
  const path = `cases.${index}.declines`;
  const of = { shown: count(declines.declined), value: declines.declined, path: `${path}.declined` };
  if (declines.reused === null) return line('Declined', figure(of));
  return line('Given again in probation', [
    figure(conflicts(declines.reused, `${path}.reused`)),
    ' of ',
    figure(of),
    ' declined',
  ]);
}
