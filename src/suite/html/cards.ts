import type { CaseResult } from '../../results/case.js';
import { suiteLook, suiteSentence, suiteWord, type SuiteMember } from '../headline.js';
import { EXIT } from '../../errors.js';
import { answerHead, caseAnswers, limitsOf, shortAnswer } from '../answer.js';
import { busySentence } from '../busy.js';
import { othersSentence } from '../members-differ.js';
import { suiteNextParts, type NextPart } from '../next-step.js';
import { describedSuite, runsText, systemsText } from '../tested.js';
import { halfText, halvesOf, triesText } from '../run-text.js';
import type { Suite } from '../../report/suite-result.js';
import { phaseLabel } from '../../report/words/phase-label.js';
import { html, withCode, type Content, type Markup } from '../../report/html/markup.js';
import { percent } from '../../report/words/percent.js';
import { count } from '../../report/words/numbers.js';
import { SIGNS } from '../../report/html/sections/verdict.js';
import { figure } from '../../report/html/table.js';
import { shownLook, signOf } from './light.js';
import { timeTaken } from '../../report/words/took.js';

/**
 * The suite's verdict: the answer, whether the machine was busy, what to do next, and what was tested.
 *
 * @param notCompared the runs of the baseline that have no result here, in words
 */
export function suiteHeader(suite: Suite, members: readonly SuiteMember[], notCompared?: string): Markup {
  const look = suiteLook(suite);
  const [busy, systems] = [busySentence(members), systemsText(members)];
  const answers = caseAnswers(suite);
  const others = othersSentence(members);
  return html`<header class="${look}">
      <p class="verdict">
        <strong><span aria-hidden="true">${SIGNS[look]}</span> ${bigWord(suite)}</strong>
      </p>
      <div>
        <h1>${answers.length === 0 || suite.exitCode !== EXIT.pass ? suiteSentence(suite) : `${answers.join('. ')}.`}</h1>
        ${[others, notCompared && `${notCompared}.`, busy].map((text) => (text === undefined ? null : html`<p class="busy">${text}</p>`))}
        <p>${suiteNextParts(suite, members).map((part) => nextPart(part, members))}</p>
        <p>${describedSuite(suite)}</p>
        <p class="meta">
          ${[answers.length === 0 ? '' : runsText(suite), systems ?? '', whenText(suite), `exit code ${suite.exitCode}`].filter((text) => text !== '').join(' · ')}
        </p>
      </div>
    </header>`;
}

/** The answer of a search stands in full beside its word, so the word is short. */
function bigWord(suite: Suite): string {
  const word = suiteWord(suite);
  return word === answerHead(suite) ? (shortAnswer(suite) ?? word) : word;
}

function nextPart(part: NextPart, members: readonly SuiteMember[]): Content {
  if (typeof part === 'string') return withCode(part);
  const link = members.find(({ run }) => run.name === part.name)?.link;
  return link === undefined ? part.name : html`<a href="${link}">${part.name}</a>`;
}

/** A card for each run, with its phases. Where rates are looked for, with what decides whether its rate holds. */
export function runCards(suite: Suite, members: readonly SuiteMember[]): Markup {
  const most = limitsOf(suite)[0]?.maxWithoutTimelyAnswerPercent;
  return html`<div class="cards">${members.map((member) => runCard(member, most))}</div>`;
}

function whenText({ startedAt, finishedAt }: Suite): string {
  return `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC, ${timeTaken(startedAt, finishedAt)}`;
}

function runCard({ run, result, link }: SuiteMember, most: number | undefined): Markup {
  const { name, scenario, outcome, failure } = run;
  const { conformance, reproduction } = halvesOf({ run, result });
  return html`<article class="card ${shownLook(outcome)}">
    <h2>${link === undefined ? name : html`<a href="${link}">${name}</a>`}</h2>
    <p class="said">
      <span aria-hidden="true">${signOf(outcome)}</span> ${outcome}${
        scenario === name ? null : html` <small>${scenario}</small>`
      }
    </p>
    ${failure === null || failure === undefined ? null : html`<p>${failure.message}</p>`}
    ${triesText(run).map((text) => html`<p class="note">${text}</p>`)}
    ${
      result === undefined
        ? null
        : html`<dl>
            ${line('Conformance', 'no lease is held by two clients, and every check holds', halfText(conformance))}
            ${
              reproduction === null
                ? null
                : line('Reproduction', 'whether the figures are those expected', reproduction)
            }
            ${result.cases.map((one) => [most === undefined ? null : answeredLine(one, most), caseLines(one)])}
          </dl>`
    }
  </article>`;
}

/** How many exchanges had no timely answer, against the most that a rate may have. */
function answeredLine({ name, exchanges }: CaseResult, most: number): Markup | null {
  const { started, withoutTimelyAnswer: missed, withoutTimelyAnswerPercent: share } = exchanges ?? {};
  if (started === undefined || missed === undefined || share === undefined) return null;
  return line(
    `${name}, without a timely answer`,
    `of the exchanges of all attempts; a rate holds with at most ${most}%`,
    [
      figure({ shown: count(missed), value: missed, path: '', bad: (share ?? 0) > most }),
      ` of ${count(started)}, ${percent(share)}`,
    ],
  );
}

/** The figures of a case. The committing phase comes first, as most readers look for it. */
function caseLines(one: CaseResult): Content {
  const shared = one.heldConcurrently + one.overlappingLeases;
  const held =
    shared === 0
      ? null
      : line(`${one.name}, held by two`, 'two clients at once', [
          figure({ shown: count(shared), value: shared, path: '', bad: true }),
        ]);
  const committing = one.phases.filter((phase) => phase.committing);
  const others = one.phases.filter((phase) => !phase.committing);
  return [held, ...[...committing, ...others].map((phase) => phaseLine(one, phase))];
}

function phaseLine(one: CaseResult, phase: CaseResult['phases'][number]): Markup {
  const { duplicateLeases, responses, duplicatePercent } = phase.firstAttempt;
  const bad = phase.committing && duplicateLeases > 0;
  const share = duplicateLeases > 0 ? `, ${percent(duplicatePercent)}` : '';
  const type = phaseLabel(one, phase) === phase.name ? '' : `, ${phase.leaseType}`;
  return line(
    `${one.name}${type}, duplicate ${phase.committing ? 'leases' : 'offers'}`,
    `${phase.name}: given to two or more clients`,
    [
      figure({ shown: count(duplicateLeases), value: duplicateLeases, path: '', bad }),
      ` of ${count(responses)}${share}`,
    ],
  );
}

function line(name: string, title: string, value: Content): Markup {
  return html`<div title="${title}">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}
