import { html, Markup, type Content } from '../markup.js';

/**
 * The width of every chart, in its own units. The page scales charts to their place; text stays legible at 300
 * pixels.
 */
export const CHART_WIDTH = 360;

export interface ChartOptions {
  height: number;
  /** What the chart shows, for readers who can't see it. */
  label: string;
  /** Its values in words, for the same readers. */
  values: readonly string[];
  content: Content;
  /** Further attributes, for scripts. */
  attributes?: Content;
}

/** A chart. `tips.js` makes its marks reachable with the arrow keys. */
export function chart({ height, label, values, content, attributes }: ChartOptions): Markup {
  const said = [label, values.join('; ')].filter((text) => text !== '').join(': ');
  return html`<svg viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${said}" ${attributes}>${content}</svg>`;
}

/** A drawing without the line breaks in its source. Where a page has hundreds of drawings, they are half of its bytes. */
export function compact(drawing: Content): Markup {
  return new Markup(html`${drawing}`.toString().replace(/\s*\n\s*(>?)/g, (_, end: string) => end || ' '));
}

/** The values of a line in words, such as `offered 0 to 33`. */
export function extent(name: string, values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return `${name} not known`;
  const [least, most] = [Math.min(...known), Math.max(...known)].map((value) =>
    value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 }),
  );
  return least === most ? `${name} ${most}` : `${name} ${least} to ${most}`;
}

/** A text for a place of so many characters. The whole text is in the tip of its mark. */
export function shortened(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}

/** A chart with its heading. */
export function panel(title: string, drawing: Content, legend?: Content): Markup {
  return html`<figure class="panel">
    <figcaption>${title}</figcaption>
    ${drawing} ${legend === undefined ? null : html`<p class="legend">${legend}</p>`}
  </figure>`;
}

/** An axis. `at` gives the position of a value. */
export interface Scale {
  at: (value: number) => number;
  ticks: readonly number[];
}

/** A linear axis from 0 to a round number at or above `largest`, with half as many steps or more, and at most one more. */
export function linear(largest: number, from: number, to: number, steps = 4): Scale {
  const step = roundStep(largest / steps);
  const top = Math.max(step, Math.ceil(largest / step) * step);
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
  return { at: (value) => rounded(from + ((to - from) * value) / top), ticks };
}

/** A logarithmic axis with the powers of ten around both values, which must be above 0. */
export function logarithmic(smallest: number, largest: number, from: number, to: number): Scale {
  const low = Math.floor(Math.log10(smallest));
  const high = Math.max(low + 1, Math.ceil(Math.log10(largest)));
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  const at = (value: number) => {
    const share = (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low);
    return rounded(from + (to - from) * share);
  };
  return { at, ticks };
}

/** A round step of at least `least`: 1, 2 or 5 times a power of ten. It is at least 1, as the charts show counts. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least) ?? 10;
  return factor * power;
}

/** Rounds a position to a tenth of a unit, which is less than a pixel. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
