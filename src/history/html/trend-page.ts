import type { Trend } from '../trend-schema.js';
import { htmlDocument } from '../../report/html/document.js';
import { html } from '../../report/html/markup.js';
import { plural } from '../../report/words/numbers.js';
import type { Section } from '../../report/html/sections/section.js';
import { overview, trendHeader } from './overview.js';
import { groupIds, isRed } from './parts.js';
import { series } from './series.js';

/**
 * The page of the history of runs.
 *
 * @param generator the program that makes the page, with its version
 */
export function trendPage(trend: Trend, generator: string): string {
  const red = trend.groups.filter(isRed);
  const rest = trend.groups.filter((group) => !red.includes(group));
  const groups = [...red, ...rest.filter(({ lapsed }) => !lapsed), ...rest.filter(({ lapsed }) => lapsed)];
  const ids = groupIds(groups);
  return htmlDocument({
    title: red.length === 0 ? 'Trend' : 'RED Trend',
    generator,
    head: trendHeader(trend),
    sections: [
      overview(groups, ids),
      ...groups.map((group) => series(group, ids.get(group) ?? '')),
      ...passedOver(trend),
    ],
  });
}

const NAMED = 500;

function passedOver({ passedOver: all }: Trend): Section[] {
  if (all.length === 0) return [];
  const more = all.length - NAMED;
  return [
    {
      id: 'passed-over',
      title: 'Skipped directories',
      content: html`<details>
        <summary>${plural(all.length, 'directory', 'directories')}, with the reason</summary>
        <ul>
          ${all.slice(0, NAMED).map(({ path, why }) => html`<li><code>${path}</code>: ${why}</li>`)}
          ${more > 0 ? html`<li>and ${plural(more, 'other')}</li>` : null}
        </ul>
      </details>`,
    },
  ];
}
