import { HISTORY_LINES } from '../lines.js';
import { historyValue, type TrendFigures, type TrendRun } from '../trend-schema.js';
import { html, inertJson, type Markup } from '../../report/html/markup.js';
import { shownLook, signOf } from '../../suite/html/light.js';
import { dataId, HISTORY_TEXT, type ListedRun, moment, tookText } from './parts.js';
import { foldedOf, placeText, summaryOf, type Place } from './places.js';

/**
 * The runs of a list as data for `history.js`, which makes the table of runs and the tips of the charts from it. So each
 * value stands once on the page, however many charts and rows show it.
 *
 * @param all the newest first
 * @param places those of the charts; none if no chart shows the runs
 */
export function runData(all: readonly ListedRun[], places: readonly Place[], id: string): Markup {
  const folded = foldedOf(places);
  const data = {
    /** How many of the newest runs have a place of their own in the charts. */
    singles: places.length - folded,
    /** The places of older runs: what they are, and a text for each figure. */
    folds: places.slice(0, folded).map((place) => [placeText(place), ...foldedTexts(place)]),
    /** The figures of which more than 0 is a violation, by their place. */
    violations: HISTORY_LINES.flatMap(({ isViolation }, place) => (isViolation ? [place] : [])),
    runs: all.map(runRow),
  };
  return html`<script type="application/json" id="${dataId(id)}">
    ${inertJson(data)}
  </script>`;
}

/** In the order in which `history.js` reads it. A link that is the usual one is only marked. */
function runRow({ run, series }: ListedRun) {
  const { name, link, outcome, verdict, reproduction, why, changes, figures } = run;
  return [
    moment(run),
    link === `${name}/report.html` ? 1 : link,
    ...[name, outcome, signOf(outcome), shownLook(outcome)],
    ...[verdict, reproduction].map((half) => half ?? '–'),
    ...[why, changes.join(', ')],
    tookText(run),
    // No figure has a space in it.
    figures.map((one) => [one.line, figureTexts(one).join(' ')]),
    ...(series === undefined ? [] : [series]),
  ];
}

function figureTexts(figures: TrendFigures): string[] {
  return HISTORY_LINES.map(({ key, unit }) => HISTORY_TEXT[unit](historyValue(figures, key)));
}

function foldedTexts(place: Place): string[] {
  const names = [...new Set(place.flatMap(({ figures }) => figures.map(({ line }) => line)))];
  return HISTORY_LINES.map(({ key, unit }) =>
    names
      .map((name) => {
        const all = place.flatMap(({ figures }) => figures.filter(({ line }) => line === name));
        const range = summaryOf(all.map((one) => historyValue(one, key)))?.range;
        const [least, most] = [range?.[0] ?? null, range?.[1] ?? null].map(HISTORY_TEXT[unit]);
        return `${name} ${least === most ? (least ?? '') : `${least ?? ''} to ${most ?? ''}`}`;
      })
      .join(', '),
  );
}

/** Such as `dhcp4 33.3%` for the place of a figure. */
export function valuesText({ figures }: TrendRun, figure: number): string {
  return figures.map((one) => `${one.line} ${figureTexts(one)[figure] ?? ''}`).join(', ');
}
