import type { Suite } from '../../report/suite-result.js';
import { RATE_OUTCOMES, type Limit, type Trial } from '../../report/limit-schema.js';
import { SHORT_RESOURCES } from '../../results/resources.js';
import { SHORT_MEANINGS } from '../../report/words/short.js';
import { limitsOf, risingTrials } from '../answer.js';
import { ratio } from '../../report/words/numbers.js';
import { RATE_WORDS } from '../../report/rates/words.js';
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

const MEANINGS: Readonly<Record<Trial['outcome'], (found: Limit) => string>> = {
  held: ({ maxWithoutTimelyAnswerPercent: most }) => `at most ${most}% of the exchanges got no timely answer`,
  exceeded: ({ maxWithoutTimelyAnswerPercent: most }) => `more than ${most}% got none`,
  'not driven': () =>
    'the harness or its machine could not offer the rate, which says nothing about the servers',
  "can't tell": () => 'the servers were offered the rate, and the run does not say whether they hold it',
};

function ratesTable(found: Limit, path: string): Markup {
  const columns = [
    { head: 'rate per server, /s', figures: true },
    { head: 'outcome' },
    { head: 'without a timely answer', figures: true },
    { head: 'what was found', wraps: true },
    { head: 'what was short', wraps: true },
  ];
  const rows = risingTrials(found).map((trial) => {
    const at = `${path}.trials.${found.trials.indexOf(trial)}`;
    return [
      { shown: ratio(trial.ratePerServer), value: trial.ratePerServer, path: `${at}.ratePerServer` },
      RATE_WORDS[trial.outcome],
      {
        shown: percent(trial.withoutTimelyAnswerPercent),
        value: trial.withoutTimelyAnswerPercent,
        path: `${at}.withoutTimelyAnswerPercent`,
      },
      trial.why,
      [...new Set(trial.short.map(({ resource }) => resource))].join(', '),
    ];
  });
  const words = new Set(found.trials.map(({ outcome }) => outcome));
  const short = new Set(found.trials.flatMap((trial) => trial.short.map(({ resource }) => resource)));
  const key = [
    ...RATE_OUTCOMES.filter((word) => words.has(word)).map(
      (word) => `${RATE_WORDS[word]}: ${MEANINGS[word](found)}`,
    ),
    ...SHORT_RESOURCES.filter((resource) => short.has(resource)).map(
      (resource) => `${resource}: ${SHORT_MEANINGS[resource]}`,
    ),
  ];
  return html`${table({ label: `Every rate that was tried, ${found.cases.join(', ')}`, columns, rows })}
    <p class="note">${key.join('; ')}.</p>`;
}
