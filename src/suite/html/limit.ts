import type { Suite } from '../../report/suite-result.js';
import type { Limit } from '../../report/limit-schema.js';
import { limitsOf, risingTrials } from '../answer.js';
import { html, type Markup } from '../../report/html/markup.js';
import { percent } from '../../report/words/percent.js';
import type { Section } from '../../report/html/sections/section.js';
import { table } from '../../report/html/table.js';

/** The highest rate that a search found, and the outcome of every rate. Absent for other suites. */
export function limit(suite: Suite): Section | undefined {
  const found = limitsOf(suite);
  if (found.length === 0) return undefined;
  const title = found.length === 1 ? 'The highest rate' : 'The highest rate of each case';
  const content = found.map((one, index) => {
    const path = suite.limit === undefined ? `limits.${index}` : 'limit';
    return [one.answer.map((sentence) => html`<p>${sentence}</p>`), ratesTable(one, path)];
  });
  return { id: 'limit', title, content };
}

function ratesTable(found: Limit, path: string): Markup {
  const columns = [
    { head: 'rate per server, /s', figures: true },
    { head: 'outcome' },
    { head: 'without a timely answer', figures: true },
    { head: 'why', wraps: true },
    { head: 'short', wraps: true },
  ];
  const rows = risingTrials(found).map((trial) => {
    const at = `${path}.trials.${found.trials.indexOf(trial)}`;
    return [
      { shown: String(trial.ratePerServer), value: trial.ratePerServer, path: `${at}.ratePerServer` },
      trial.outcome,
      {
        shown: percent(trial.withoutTimelyAnswerPercent),
        value: trial.withoutTimelyAnswerPercent,
        path: `${at}.withoutTimelyAnswerPercent`,
      },
      trial.why,
      [...new Set(trial.short.map(({ resource }) => resource))].join(', '),
    ];
  });
  return table({ label: `Every rate that was tried, ${found.cases.join(', ')}`, columns, rows });
}
