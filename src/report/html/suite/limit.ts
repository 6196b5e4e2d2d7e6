import type { Suite } from '../../suite/suite-result.js';
import { html } from '../markup.js';
import { percent } from '../numbers.js';
import type { Section } from '../sections/section.js';
import { table } from '../table.js';

/** What find-limit found, and what every rate came to; absent for other suites. */
export function limit({ limit: found }: Suite): Section | undefined {
  if (found === undefined) return undefined;
  const columns = [
    { head: 'a second on each server', figures: true },
    { head: 'outcome' },
    { head: 'without a timely answer', figures: true },
    { head: 'why', wraps: true },
    { head: 'short', wraps: true },
  ];
  const rows = found.trials.map((trial, i) => [
    {
      shown: String(trial.ratePerServer),
      value: trial.ratePerServer,
      path: `limit.trials.${i}.ratePerServer`,
    },
    trial.outcome,
    {
      shown: percent(trial.withoutTimelyAnswerPercent),
      value: trial.withoutTimelyAnswerPercent,
      path: `limit.trials.${i}.withoutTimelyAnswerPercent`,
    },
    trial.why,
    [...new Set(trial.short.map(({ resource }) => resource))].join(', '),
  ]);
  return {
    id: 'limit',
    title: 'The highest rate',
    content: [
      found.answer.map((sentence) => html`<p>${sentence}</p>`),
      table({ label: 'Every rate that was tried', columns, rows }),
    ],
  };
}
