import { isOfTimeZone, offsetText, type Offset } from '../../../judgement/clocks/text.js';
import { CLOCK_CHECK } from '../../../results/check-names.js';
import type { Result } from '../../../results/result.js';
import { CLOCKS_TITLE } from '../../words/clocks.js';
import { clockStepSentences } from '../../words/transport.js';
import { html, type Markup } from '../markup.js';
import { count, plural } from '../../words/numbers.js';
import { table } from '../table.js';
import type { Section } from './section.js';

/** How far the time of each server is from that of the clients' machine. */
export function clocks({ clocks: told, transport, checks }: Result): Section | undefined {
  const steps = clockStepSentences({ transport });
  const stepList = steps.length === 0 ? null : html`<ul>${steps.map((step) => html`<li>${step}</li>`)}</ul>`;
  if (told === undefined)
    return stepList === null ? undefined : { id: 'clocks', title: CLOCKS_TITLE, content: [stepList] };
  // A long table in which all is well need not be read.
  const made = checks.filter(({ name }) => name === CLOCK_CHECK);
  const isTogether = made.length > 0 && made.every(({ verdict }) => verdict === 'pass');
  return {
    id: 'clocks',
    title: CLOCKS_TITLE,
    content: [
      stepList,
      isTogether
        ? html`<details>
            <summary>The times of ${plural(told.servers.length, 'server')} are together: what each of them shows</summary>
            ${clockTable(told)}
          </details>`
        : clockTable(told),
      html`<p class="note">
        Kea writes the time at which a lease ends in its own local time, and judges by its own clock whether a lease is over. So servers
        that share leases must have one time and one time zone. They may be ${told.limitMs / 1_000} s apart.
      </p>`,
    ],
  };
}

function clockTable({ servers }: NonNullable<Result['clocks']>): Markup {
  return table({
    label: CLOCKS_TITLE,
    columns: [
      { head: 'server' },
      { head: 'by its rows', wraps: true },
      { head: 'by its log', wraps: true },
      { head: 'by its statistics', wraps: true },
    ],
    rows: servers.map(({ case: name, server, rows, log, statistics }) => [
      `${name} ${server}`,
      rows === null ? '–' : `${cell(rows)}: ${count(rows.agreeing)} of ${count(rows.used)} rows`,
      cell(log),
      cell(statistics),
    ]),
  });
}

function cell(offset: Offset | null): string {
  if (offset === null) return '–';
  return `${offsetText(offset)}${isOfTimeZone(offset) ? ', as in another time zone' : ''}`;
}
