import { html, type Markup } from '../markup.js';
import { chart, CHART_WIDTH, rounded } from './svg.js';

export interface Bar {
  label: string;
  value: number;
  /** The value as text, at the end of the bar. */
  shown: string;
  /** The tip for the bar. */
  title: string;
  /** The fill of the bar. The fills are distinct without colour too. */
  look: 'plain' | 'hatched' | 'alarming';
}

export interface BarGroup {
  title: string;
  bars: readonly Bar[];
}

const LABEL_WIDTH = 84;
const VALUE_WIDTH = 54;
const BAR_HEIGHT = 14;
const ROW_HEIGHT = 20;
const TITLE_HEIGHT = 22;

/** Horizontal bars in groups, all on one scale, each with its label and value. */
export function barChart(label: string, groups: readonly BarGroup[]): Markup {
  const largest = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const unit = (CHART_WIDTH - LABEL_WIDTH - VALUE_WIDTH) / largest;
  let y = 0;
  const content = groups.map(({ title, bars }) => {
    const heading = html`<text class="group" x="0" y="${y + 14}">${title}</text>`;
    y += TITLE_HEIGHT;
    const drawn = bars.map((bar) => {
      const row = barRow(bar, y, rounded(bar.value * unit));
      y += ROW_HEIGHT;
      return row;
    });
    y += 6;
    return [heading, drawn];
  });
  return chart({ height: Math.max(y, ROW_HEIGHT), label, content });
}

function barRow({ label, value, shown, title, look }: Bar, y: number, width: number): Markup {
  // A value above 0 is always visible, however small.
  const visible = value > 0 ? Math.max(width, 1.5) : 0;
  const baseline = y + 11;
  return html`<g class="mark" tabindex="0"
    ><title>${title}</title
    ><rect class="hit" x="0" y="${y - 2}" width="${CHART_WIDTH}" height="${ROW_HEIGHT}" /><text
      class="label"
      x="${LABEL_WIDTH - 8}"
      y="${baseline}"
      >${label}</text
    ><rect class="bar ${look}" x="${LABEL_WIDTH}" y="${y}" width="${visible}" height="${BAR_HEIGHT}" /><text
      class="value"
      x="${rounded(LABEL_WIDTH + visible + 5)}"
      y="${baseline}"
      >${shown}</text
    ></g
  >`;
}
