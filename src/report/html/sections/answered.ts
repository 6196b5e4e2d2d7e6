import { ANSWERED } from '../../../results/outcomes.js';
import type { Result } from '../../../results/result.js';
import { ANSWERED_TITLE, answeredRows } from '../../text/answered-table.js';
import { answeredCounts, ANSWERED_KINDS, type AnsweredCounts } from '../../words/answered.js';
import { count } from '../../words/numbers.js';
import { phasePath } from '../input.js';
import { html } from '../markup.js';
import { table, type Cell } from '../table.js';
import type { Section } from './section.js';

/** How the requests of each phase were answered. Absent for a source that has answers only. */
export function answered(result: Result): Section | undefined {
  const rows = answeredRows(result);
  if (rows.length === 0) return undefined;
  return {
    id: 'answered',
    title: ANSWERED_TITLE,
    content: [
      table({
        label: ANSWERED_TITLE,
        columns: columns('case', 'phase'),
        rows: rows.map((row) => {
          const path = phasePath(row.caseIndex, row.phaseIndex);
          return [row.case.name, row.phase.name, ...cells(row, path, `${path}.allAttempts.requests`)];
        }),
      }),
      html`<p class="note">
        All attempts. The last four columns add up to the requests. Late: a lease came after the client’s timeout,
        when it had gone on. Unanswered: no answer came, or none that can be read, or only a refusal after the
        timeout. An exchange of several messages is “without a timely answer” if one of them was answered late or
        not at all.
      </p>`,
      html`<details>
        <summary>By server</summary>
        ${table({
          label: `${ANSWERED_TITLE}, by server`,
          columns: columns('case', 'phase', 'server'),
          rows: rows.flatMap(({ case: { name }, phase, caseIndex, phaseIndex }) =>
            phase.perServer.map((one, server) => {
              const path = `${phasePath(caseIndex, phaseIndex)}.perServer.${server}`;
              const counts = answeredCounts({ name: phase.name, outcomes: one.outcomes });
              const own = { requests: one.requests, counts };
              return [name, phase.name, one.name, ...cells(own, path, `${path}.requests`)];
            }),
          ),
        })}
      </details>`,
    ],
  };
}

function columns(...texts: string[]) {
  const figures = ['requests', ...ANSWERED_KINDS.map((kind) => ANSWERED[kind])];
  return [...texts.map((head) => ({ head })), ...figures.map((head) => ({ head, figures: true }))];
}

function cells(
  { requests, counts }: { requests: number | null; counts: AnsweredCounts },
  path: string,
  requestsPath: string,
): Cell[] {
  return [
    { shown: count(requests), value: requests, path: requestsPath },
    ...ANSWERED_KINDS.map((kind) => ({
      shown: count(counts[kind]),
      value: counts[kind],
      // The others are sums of several figures.
      path: kind === 'late' ? `${path}.outcomes.late` : '',
    })),
  ];
}
