import { html, type Markup } from '../markup.js';

/** The hatching patterns of the charts, and the dots of their lines. A page has them once. Their colours come from the style sheets. */
export function patterns(): Markup {
  const hatch = (id: string) =>
    html`<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"
      ><rect class="ground" width="6" height="6" /><rect class="stripe" width="3" height="6"
    /></pattern>`;
  const dot = (look: number) =>
    html`<marker id="dot${look}" markerUnits="userSpaceOnUse" markerWidth="5" markerHeight="5" refX="2.5" refY="2.5"
      ><circle class="series s${look}" cx="2.5" cy="2.5" r="2.2"
    /></marker>`;
  return html`<svg class="definitions" width="0" height="0" aria-hidden="true">
    <defs>${hatch('hatched')}${hatch('alarming')}${hatch('changing')}${[0, 1, 2, 3, 4].map(dot)}</defs>
  </svg>`;
}
