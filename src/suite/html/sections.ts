import type { Suite } from '../../report/suite-result.js';
import { suiteCommand } from '../next-step.js';
import { systemLines } from '../tested.js';
import { isOfRate } from '../../report/rates/words.js';
import type { SuiteMember } from '../headline.js';
import { ANSWERED, type Answered } from '../../results/outcomes.js';
import { meaningOf } from '../../results/run-outcome.js';
import { answeredCounts } from '../../report/words/answered.js';
import { phaseLabel } from '../../report/words/phase-label.js';
import { html, withCode, type Content, type Markup } from '../../report/html/markup.js';
import { percent } from '../../report/words/percent.js';
import { count, milliseconds } from '../../report/words/numbers.js';
import { checksTable } from '../../report/html/sections/checks.js';
import { causesNote, figuresTable, premisesTable } from '../../report/html/sections/reproduction.js';
import { saidOnce } from '../../report/words/said-once.js';
import type { Section } from '../../report/html/sections/section.js';
import { table } from '../../report/html/table.js';
import { outcomeMark } from './light.js';

/** What is wrong in each run. Absent if nothing is wrong. */
export function complaints(members: readonly SuiteMember[]): Section | undefined {
  const bad = members.filter(({ run }) => meaningOf(run.outcome).light !== 'good' && !isOfRate(run.outcome));
  if (bad.length === 0) return undefined;
  const onlySkipped = bad.every(({ run }) => run.outcome === 'skipped');
  const areOpen = bad.every(({ run }) => meaningOf(run.outcome).light === 'open');
  const title = onlySkipped
    ? 'Skipped runs'
    : areOpen
      ? 'Inconclusive runs'
      : 'Failed and inconclusive checks';
  return { id: 'complaints', title, content: bad.map(complaint) };
}

function complaint({ run, result, link }: SuiteMember): Markup {
  const { name, outcome, failure } = run;
  const { reproduction = null } = result ?? {};
  const open = [result?.checks, reproduction?.figures, reproduction?.premises].map((rows = []) =>
    rows.filter(({ verdict }) => verdict !== 'pass'),
  );
  const { rows, said } = saidOnce(open.flat());
  const [broken = [], outside = [], notKept = []] = open.map(({ length }, index) => {
    const before = open.slice(0, index).flat().length;
    return rows.slice(before, before + length);
  });
  const why =
    failure === null || failure === undefined
      ? null
      : html`<p>${failure.code}: ${failure.message}</p>
          ${failure.hint === undefined ? null : html`<p class="note">${failure.hint}</p>`}`;
  const kept =
    outcome === 'control not held'
      ? html`<p>No violation was found in this negative control: the harness may not detect violations.</p>`
      : null;
  return html`<div class="run">
    <h3>${link === undefined ? name : html`<a href="${link}">${name}</a>`}: ${outcomeMark(outcome)}</h3>
    ${why} ${kept} ${broken.length === 0 ? null : checksTable(`Checks of ${name} that do not hold`, broken)}
    ${
      reproduction === null || reproduction.verdict === 'reproduced'
        ? null
        : html`<p>Reproduction, ${reproduction.verdict}: ${reproduction.reason}</p>`
    }
    ${outside.length === 0 ? null : figuresTable(`Expected figures of ${name}`, outside)}
    ${notKept.length === 0 ? null : premisesTable(`Premises of ${name}`, notKept)} ${causesNote(said)}
  </div>`;
}

/** What keeps a first attempt from an answer in time, in the words of the run's page. */
const MISSED = ['late', 'unanswered'] as const satisfies readonly Answered[];
const MISSED_TITLE = 'first attempts without an answer in time';

/** The figures of every phase of every run. */
export function figures(members: readonly SuiteMember[]): Section | undefined {
  const columns = [
    ...['run', 'case', 'phase'].map((head) => ({ head })),
    { head: 'leases', title: 'N: answers that carried a lease', figures: true },
    { head: 'distinct', title: 'D: distinct leases in them', figures: true },
    { head: 'duplicates', title: 'd: leases given to two or more different clients', figures: true },
    { head: 'dup %', title: '100 · d / N', figures: true },
    { head: 'app %', title: 'appearance, 100 · d / D', figures: true },
    { head: 'refused', title: 'clients refused in their first attempt', figures: true },
    { head: 'p50 ms', figures: true },
    { head: 'p99 ms', figures: true },
    ...MISSED.map((kind) => ({ head: ANSWERED[kind], title: MISSED_TITLE, figures: true })),
  ];
  const rows = members.flatMap(({ run, result, link }) =>
    (result?.cases ?? []).flatMap((one) =>
      one.phases.map((phase): Content[] => {
        const { firstAttempt: f, latencyMs, refusals, committing } = phase;
        const answered = answeredCounts({ name: phase.name, outcomes: phase.firstAttemptOutcomes });
        const bad = committing && f.duplicateLeases > 0;
        return [
          link === undefined ? run.name : html`<a href="${link}">${run.name}</a>`,
          one.name,
          phaseLabel(one, phase),
          count(f.responses),
          count(f.distinctLeases),
          bad ? html`<span class="bad">${count(f.duplicateLeases)}</span>` : count(f.duplicateLeases),
          percent(f.duplicatePercent),
          percent(f.appearancePercent),
          count(refusals.clients),
          milliseconds(latencyMs?.p50 ?? null),
          milliseconds(latencyMs?.p99 ?? null),
          ...MISSED.map((kind) => count(answered[kind])),
        ];
      }),
    ),
  );
  if (rows.length === 0) return undefined;
  return {
    id: 'figures',
    title: 'Every phase of every run',
    content: [
      table({ label: 'First attempts of every phase of every run', columns, rows }),
      html`<p class="note">
        First attempts, all servers together; only latencies are of all attempts. An offer commits nothing, so duplicates
        among offers are by design; those of the phase that gives the lease are not.
      </p>`,
    ],
  };
}

/** The words after the name of the program. */
function inCheckout(command: string): string {
  return command.slice(command.indexOf(' ') + 1);
}

/** The environments of the runs, and the command that repeats the suite. */
export function ranOn(suite: Suite, members: readonly SuiteMember[]): Section | undefined {
  if (members.every(({ result }) => result === undefined)) return undefined;
  const lines = systemLines(members);
  const command = suiteCommand(suite, members);
  return {
    id: 'environment',
    title: 'Environment',
    content: [
      html`<ul>
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>`,
      command === undefined
        ? null
        : html`<pre class="command"><code>${command}</code></pre>
            <p class="note">In a checkout: ${withCode(`\`npm start -- ${inCheckout(command)}\``)}.</p>`,
    ],
  };
}
