import { html, type Markup } from '../markup.js';
import { chart, CHART_WIDTH, rounded, shortened } from './svg.js';

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
  /** Absent where the chart has one group, and its panel a title. */
  title?: string;
  bars: readonly Bar[];
}

/** The least and the most room for labels, and the width of a character. */
const LABELS = { least: 84, most: 150, character: 6.6 };
const VALUE_WIDTH = 54;
const BAR_HEIGHT = 14;
const ROW_HEIGHT = 20;
const TITLE_HEIGHT = 22;

/**
 * Horizontal bars in groups, all on one scale, each with its label and value.
 *
 * @param most the least end of the scale, for charts that are to be compared
 */
export function barChart(label: string, groups: readonly BarGroup[], most = 0): Markup {
  const bars = groups.flatMap((group) => group.bars);
  const largest = Math.max(1, most, ...bars.map(({ value }) => value));
  const longest = Math.max(0, ...bars.map((bar) => bar.label.length * LABELS.character + 10));
  const left = Math.round(Math.min(LABELS.most, Math.max(LABELS.least, longest)));
  const unit = (CHART_WIDTH - left - VALUE_WIDTH) / largest;
  let y = 0;
  const content = groups.map(({ title, bars }) => {
    const heading =
      title === undefined ? null : html`<text class="group" x="0" y="${y + 14}">${title}</text>`;
    if (title !== undefined) y += TITLE_HEIGHT;
    const drawn = bars.map((bar) => {
      const row = barRow(bar, y, left, rounded(bar.value * unit));
      y += ROW_HEIGHT;
      return row;
    });
    y += 6;
    return [heading, drawn];
  });
  const values = groups.map(({ title, bars }) =>
    [...(title === undefined ? [] : [`${title}:`]), bars.map((bar) => bar.title).join(', ')].join(' '),
  );
  return chart({ height: Math.max(y, ROW_HEIGHT), label, values, content });
}

function barRow({ label, value, shown, title, look }: Bar, y: number, left: number, width: number): Markup {
  // A value above 0 is always visible, however small.
  const visible = value > 0 ? Math.max(width, 1.5) : 0;
  const baseline = y + 11;
  return html`<g class="mark"
    ><title>${title}</title
    ><rect class="hit" x="0" y="${y - 2}" width="${CHART_WIDTH}" height="${ROW_HEIGHT}" /><text
      class="label"
      x="${left - 8}"
      y="${baseline}"
      >${shortened(label, Math.floor((left - 8) / LABELS.character))}</text
    ><rect class="bar ${look}" x="${left}" y="${y}" width="${visible}" height="${BAR_HEIGHT}" /><text
      class="value"
      x="${rounded(left + visible + 5)}"
      y="${baseline}"
      >${shown}</text
    ></g
  >`;
}
