import { html, type Markup } from '../markup.js';
import { percent } from '../../words/percent.js';
import { chart, CHART_WIDTH, linear, rounded } from './svg.js';

/** A measured percentage and the published one. */
export interface Pair {
  label: string;
  measured: number | null;
  published: number | null;
}

const LEFT = 12;
const RIGHT = CHART_WIDTH - 18;
const ROW_HEIGHT = 44;

/**
 * Draws each pair on an axis from 0 to 100%: a filled circle for the measured value, an open diamond for the
 * published one.
 */
export function besideChart(label: string, pairs: readonly Pair[]): Markup {
  const { at } = linear(100, LEFT, RIGHT);
  const bottom = pairs.length * ROW_HEIGHT + 2;
  const grid = [0, 25, 50, 75, 100].map(
    (tick) =>
      html`<path class="grid" d="M${at(tick)} 0V${bottom}" /><text
          class="tick"
          x="${at(tick)}"
          y="${bottom + 13}"
          >${tick}%</text
        >`,
  );
  return chart({
    height: bottom + 18,
    label,
    values: pairs.map(pairText),
    content: [grid, pairs.map((pair, i) => row(pair, i, at))],
  });
}

function pairText({ label, measured, published }: Pair): string {
  return `${label}: measured ${percent(measured)}, published ${percent(published)}`;
}

function row(pair: Pair, index: number, at: (value: number) => number): Markup {
  const { label, measured, published } = pair;
  const y = index * ROW_HEIGHT;
  const middle = y + 29;
  const text = `${percent(measured)}, published ${percent(published)}`;
  const span =
    measured === null || published === null
      ? null
      : html`<path class="span" d="M${at(measured)} ${middle}H${at(published)}" />`;
  return html`<g class="mark beside"
    ><title>${pairText(pair)}</title
    ><rect class="hit" x="0" y="${y}" width="${CHART_WIDTH}" height="${ROW_HEIGHT}" /><text
      class="group"
      x="0"
      y="${y + 14}"
      >${label}</text
    ><text class="value end" x="${CHART_WIDTH}" y="${y + 14}">${text}</text>${span}${
      published === null ? null : diamond(at(published), middle)
    }${measured === null ? null : circle(at(measured), middle)}</g
  >`;
}

function circle(x: number, y: number): Markup {
  return html`<circle class="measured" cx="${x}" cy="${y}" r="5" />`;
}

function diamond(x: number, y: number): Markup {
  return html`<path class="published" d="M${rounded(x - 7)} ${y}l7 -7l7 7l-7 7z" />`;
}

export function besideLegend(): Markup {
  const key = (shape: Markup, name: string) =>
    html`<span class="key"
      ><svg class="beside" viewBox="-8 -8 16 16" aria-hidden="true">${shape}</svg>${name}</span
    >`;
  return html`${key(circle(0, 0), 'measured')}${key(diamond(0, 0), 'published')}`;
}
