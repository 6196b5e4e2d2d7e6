import { html } from '../../report/html/markup.js';
import type { Section } from '../../report/html/sections/section.js';
import { plural } from '../../report/words/numbers.js';
import type { Trend } from '../trend-schema.js';

const NAMED = 500;

/** The directories that hold no run, or one that can't be read. Absent if there are none. */
export function passedOver({ passedOver: all }: Pick<Trend, 'passedOver'>): Section | undefined {
  if (all.length === 0) return undefined;
  const more = all.length - NAMED;
  return {
    id: 'passed-over',
    title: 'Skipped directories',
    content: html`<details>
      <summary>${plural(all.length, 'directory', 'directories')}, with the reason</summary>
      <ul>
        ${all.slice(0, NAMED).map(({ path, why }) => html`<li><code>${path}</code>: ${why}</li>`)}
        ${more > 0 ? html`<li>and ${plural(more, 'other')}</li>` : null}
      </ul>
    </details>`,
  };
}
