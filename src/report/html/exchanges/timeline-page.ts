import type { WitnessOfCase } from '../input.js';
import { htmlDocument } from '../document.js';
import { html, inertJson, withCode, type Content, type Markup } from '../markup.js';
import type { Section } from '../sections/section.js';
import { scrollFrame } from '../table.js';
import type { RunRequests } from '../../exchanges/run-requests.js';
import { PHASES } from '../../../protocol/phases.js';
import { ANSWERED } from '../../../results/outcomes.js';
import { ANSWERED_KINDS } from '../../words/answered.js';
import { count, plural } from '../../words/numbers.js';
import { witnessTitle } from '../../words/witness-text.js';
import { timelineModel, type TimelineInput } from './model.js';
import { timelineScript, timelineStyle } from './script.js';
import { timelineHash, witnessHash } from './link.js';

export interface TimelinePageInput extends TimelineInput {
  witnesses: readonly WitnessOfCase[];
  /** The address of the run's page; absent where there is none. */
  report: string | undefined;
}

type Model = ReturnType<typeof timelineModel>;

/** `timeline.html`: every request of a run. The page has counts of the whole run, and loads single requests from parts. */
export function timelinePage(input: TimelinePageInput): string {
  const { result, requests, report } = input;
  const model = timelineModel(input);
  const name =
    report === undefined ? result.scenario.name : html`<a href="${report}">${result.scenario.name}</a>`;
  return htmlDocument({
    title: `Timeline of exchanges · ${result.scenario.name}`,
    generator: `${result.tool.name} ${result.tool.version}`,
    head: html`<header class="neutral">
        <div>
          <h1>Timeline of exchanges: ${name}</h1>
          <p>
            ${plural(requests.count, 'request')}, with a row for each server. Zoom in until each request is a bar, from
            its first sending to its answer.
          </p>
          ${[model.withoutText, lackingText(input)].map((text) => (text === '' ? null : html`<p>${withCode(text)}</p>`))}
        </div>
      </header>
      <noscript><p>This page needs scripts. ${result.source === null ? 'The files of the run have the same: the program exports its journal.' : 'The recording has the same.'}</p></noscript>
      ${controls()} ${drawing(model)}
      <script type="application/json" id="timeline-data">
        ${inertJson(model)}
      </script>`,
    sections: [sums(), requestsInView(), happened(model, input)].filter((one) => one !== undefined),
    own: { style: timelineStyle(), script: timelineScript() },
  });
}

/**
 * Says that the journal has other requests than were judged: it was damaged since, or it is another one. Phases are compared one
 * by one, as some are not counted in the result, such as those that give leases back.
 */
function lackingText({ result, requests }: TimelinePageInput): string {
  const there = requestsByPhase(requests);
  const judged = result.cases.flatMap(({ name, phases }) => [
    // One message can lease an address and a prefix, which are a row each.
    ...new Map(
      phases.flatMap((phase) =>
        phase.allAttempts == null ? [] : [[`${name} ${phase.name}`, phase.allAttempts.requests] as const],
      ),
    ),
  ]);
  const others = judged.filter(([phase, number]) => (there.get(phase) ?? 0) !== number);
  const [first] = others;
  if (first === undefined) return '';
  const [phase, number] = first;
  const more = others.length === 1 ? '' : `, and ${plural(others.length - 1, 'further phase')} differ too`;
  return `The journal has ${count(there.get(phase) ?? 0)} requests of ${phase}, and ${count(number)} were judged${more}: something of it is missing, or it is the journal of another run. \`analyze\` judges what is there.`;
}

/** By case and phase. */
function requestsByPhase(requests: Pick<RunRequests, 'cases' | 'inOrder'>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { caseIndex, transaction } of requests.inOrder()) {
    const one = requests.cases[caseIndex];
    if (one === undefined) continue;
    const key = `${one.layout.name} ${PHASES[one.phase(transaction)] ?? ''}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const BUTTONS = [
  ['in', '+', 'zoom in'],
  ['out', '−', 'zoom out'],
  ['left', '←', 'earlier'],
  ['right', '→', 'later'],
] as const;

function controls(): Markup {
  return html`<div class="controls timeline-controls" data-script hidden>
    ${BUTTONS.map(
      ([id, sign, name]) =>
        html`<button type="button" id="timeline-${id}" aria-label="${name}" title="${name}">${sign}</button>`,
    )}
    <button type="button" id="timeline-whole">whole run</button>
    <form id="timeline-go">
      <label>seconds <input id="timeline-time" autocomplete="off" spellcheck="false" /></label>
      <label>client <input id="timeline-client" autocomplete="off" placeholder="all, or 7, or dhcp4: 5, 9" /></label>
      <button type="submit">show</button>
    </form>
  </div>`;
}

const NONE_CHOSEN = 'Point at a bar or tap it to read what it is.';

function drawing(model: Model): Markup {
  return html`<div
      id="exchanges"
      role="application"
      tabindex="0"
      aria-label="Requests over time, a row for each server. Plus and minus zoom, left and right move, up and down go from request to request, Home shows the whole run. The tables below say the same."
    >
      <canvas aria-hidden="true"></canvas>
    </div>
    <p class="note" id="timeline-status" role="status"></p>
    <p class="note" id="chosen" aria-live="polite" data-none="${NONE_CHOSEN}">${NONE_CHOSEN}</p>
    ${legend(model)}
    <p class="note">
      The axis counts ${model.unit}. Turn the wheel or pinch to zoom, drag to move. With the keyboard: + and −, the arrow keys,
      and Home. The address of the page always names the visible time, so it can be sent to somebody.
    </p>`;
}

const KINDS = {
  offer: 'offers: nothing is committed',
  commit: 'a lease is given',
  renew: 'a lease is prolonged',
  back: 'a lease is given back',
} as const;

function legend({ series, faults, moments }: Model): Markup {
  const kinds = Object.entries(KINDS).filter(([kind]) => series.some((one) => one.kind === kind));
  return html`<div class="legend">
    ${kinds.map(([kind, words]) => html`<span class="key"><i class="${kind}"></i>${phasesOf(series, kind)}: ${words}</span>`)}
    <span class="key"><i class="hollow"></i>${ANSWERED.unanswered}, or the answer can’t be read</span>
    <span class="key"><i class="late"></i><b class="ring">○</b>${ANSWERED.late}, after the client’s timeout</span>
    <span class="key"><b>✕</b>refused</span>
    <span class="key"><b>◆</b>named by a witness, such as a lease that two held</span>
    <span class="key">a line through an offer: others were offered the lease too</span>
    <span class="key">a dark stroke: sent again, or another answer</span>
    <span class="key">where bars have no room: columns, as high as they have requests, against the highest of all rows</span>
    ${faults.length === 0 ? null : html`<span class="key">shaded: a fault, darker while it is being done or undone</span>`}
    ${moments.length === 0 ? null : html`<span class="key">dashed: a moment, named above it or in the list below</span>`}
  </div>`;
}

function phasesOf(series: Model['series'], kind: string): string {
  return [...new Set(series.filter((one) => one.kind === kind).map(({ phase }) => phase))].join(', ');
}

const SUMS = [
  'server',
  'phase',
  'requests',
  ...ANSWERED_KINDS.map((kind) => ANSWERED[kind]),
  'sent again',
  'lease of several, at any time',
  'strange answers',
  'in a witness',
];

function sums(): Section {
  return {
    id: 'sums',
    title: 'What is visible, in figures',
    content: emptyTable('Sums of what is visible', SUMS, 2),
  };
}

const REQUEST = ['begins', 'server', 'client', 'phase', 'answer', 'lease', 'besides'];

function requestsInView(): Section {
  return {
    id: 'requests',
    title: 'Visible requests',
    content: [
      html`<p class="note" id="requests-note"></p>`,
      emptyTable('Visible requests', REQUEST, REQUEST.length),
    ],
  };
}

/** The script fills it. */
function emptyTable(label: string, heads: readonly string[], firstFigure: number): Markup {
  return scrollFrame(
    label,
    html`<table>
      <thead>
        <tr>
          ${heads.map(
            (head, index) =>
              html`<th scope="col" class="${index >= firstFigure ? 'figures' : 'text'}">${head}</th>`,
          )}
        </tr>
      </thead>
      <tbody></tbody>
    </table>`,
  );
}

/** With more, readers look into the run's page. */
const WITNESSES = 50;

/** Faults, moments and witnesses, each with a link to its time. */
function happened({ faults, moments, zero }: Model, { witnesses }: TimelinePageInput): Section | undefined {
  const link = (hash: string, text: Content): Content => html`<li><a href="${hash}">${text}</a></li>`;
  const at = (fromUs: number, untilUs: number) => timelineHash({ zeroUs: zero, fromUs, untilUs });
  const seen = witnesses.slice(0, WITNESSES).flatMap((witness) => {
    const hash = witnessHash(witness, zero);
    return hash === undefined ? [] : [link(hash, `${witness.case} ${witnessTitle(witness)}`)];
  });
  const items = [
    ...faults.map(({ label, parts }) => link(at(parts[0]?.from ?? 0, parts.at(-1)?.until ?? 0), label)),
    ...moments.map(({ label, at: us }) => link(at(us, us), label)),
    ...seen,
  ];
  if (items.length === 0) return undefined;
  const more = witnesses.length - Math.min(witnesses.length, WITNESSES);
  return {
    id: 'moments',
    title: 'Moments to look at',
    content: html`<ul>
        ${items}
      </ul>
      ${more === 0 ? null : html`<p class="note">and ${plural(more, 'further witness', 'further witnesses')}</p>`}`,
  };
}
