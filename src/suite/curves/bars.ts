import { barChart } from '../../report/html/charts/bars.js';
import {
  percentileChart,
  percentileLegend,
  type PercentileRow,
} from '../../report/html/charts/percentiles.js';
import { panel } from '../../report/html/charts/svg.js';
import { html, type Markup } from '../../report/html/markup.js';
import { linesOf, PICTURED, type PicturedFigure } from './figures.js';
import { latencies, latencyOf, rangeOfAll } from './latencies.js';
import type { CaseRuns, SideBySideRuns } from './model.js';
import { shownValue, unseenText, withFigures } from './shown.js';

/** Small multiples: for each figure a chart of each case, with a bar for each run. All charts of a figure have one scale. */
export function bars(runs: SideBySideRuns): Markup {
  const { seen } = withFigures(runs, PICTURED);
  const range = rangeOfAll(runs);
  const unseen = unseenText(runs, PICTURED);
  return html`${seen.map(
    (figure) =>
      html`<h3>${figure.title}</h3>
          <div class="panels">${figurePanels(figure, runs)}</div>`,
  )}
    <h3>Latency</h3>
    <div class="panels">
      ${runs.cases.flatMap((one) =>
        latencies(one).map(({ phase }) =>
          panel(
            `${one.name} ${phase}`,
            percentileChart(`${one.name} ${phase}: latency in milliseconds`, rowsOf(one, phase), range),
            percentileLegend(),
          ),
        ),
      )}
    </div>
    <p class="note">
      ${unseen === '' ? null : `${unseen} `}Charts that stand together have one scale. Latency is from the time a message
      was due to its answer, all attempts.
    </p>`;
}

function figurePanels(figure: PicturedFigure, runs: SideBySideRuns): Markup[] {
  const { meaning, unit, valueOf } = figure;
  const cases = linesOf(runs, figure);
  const most = Math.max(0, ...cases.flatMap(({ runs }) => runs.map((run) => valueOf(run) ?? 0)));
  return cases.flatMap(({ name, runs }) => {
    const known = runs.flatMap((run) => {
      const value = valueOf(run);
      return value === null ? [] : [{ run, value }];
    });
    if (known.length === 0) return [];
    const drawn = known.map(({ run, value }) => {
      const shown = shownValue(value, unit);
      const look = run.isOpen ? ('hatched' as const) : ('plain' as const);
      return {
        label: run.label,
        value,
        shown,
        title: `${run.label}: ${shown}${run.isOpen ? ", can't tell" : ''}`,
        look,
      };
    });
    return [panel(name, barChart(`${name}: ${meaning}`, [{ bars: drawn }], most))];
  });
}

function rowsOf({ runs }: CaseRuns, phase: string): PercentileRow[] {
  return runs.flatMap((run) => {
    const { p50 = null, p90 = null, p99 = null, p999, max = null } = latencyOf(run, phase) ?? {};
    if (p50 === null || p90 === null || p99 === null || max === null) return [];
    return [{ label: run.label, p50, p90, p99, ...(typeof p999 === 'number' ? { p999 } : {}), max }];
  });
}
