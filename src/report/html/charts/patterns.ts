import { html, type Markup } from '../markup.js';

/** The hatching patterns of the charts. A page has them once. Their colours come from the style sheets. */
export function patterns(): Markup {
  const hatch = (id: string) =>
    html`<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"
      ><rect class="ground" width="6" height="6" /><rect class="stripe" width="3" height="6"
    /></pattern>`;
  return html`<svg class="definitions" width="0" height="0" aria-hidden="true">
    <defs>${hatch('hatched')}${hatch('alarming')}${hatch('changing')}</defs>
  </svg>`;
}
