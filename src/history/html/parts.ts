import { distinct } from '../labels.js';
import { seriesName, shortened } from '../names.js';
import type { TrendGroup, TrendRun } from '../trend-schema.js';
import type { FigureUnit } from '../../results/registry/figure.js';
import { breakable, html, type Content, type Markup } from '../../report/html/markup.js';
import { meaningOf, type Light } from '../../results/run-outcome.js';
import { isNeutral } from '../../suite/run-text.js';
import type { Cell } from '../../report/html/table.js';
import { percent } from '../../report/words/percent.js';
import { count, duration, milliseconds, ratio } from '../../report/words/numbers.js';

/** A distinct id for the section of each series, such as `series-published-galera-quick`. */
export function groupIds(groups: readonly TrendGroup[]): ReadonlyMap<TrendGroup, string> {
  const ids = distinct(groups.map(idOf), (id, number) => `${id}-${number}`);
  return new Map(groups.map((group, index) => [group, ids[index] ?? '']));
}

function idOf({ name, settings }: TrendGroup): string {
  return `series-${shortened(`${name} ${settings}`)
    .replace(/[^a-z0-9.]+/gi, '-')
    .replace(/-+$/, '')}`;
}

/** Such as `published-galera, --quick`; of a name that is too long its beginning. */
export function groupName(group: TrendGroup): string {
  return shortened(seriesName(group));
}

/** The whole name of a series, folded, where {@link groupName} has its beginning only. */
export function wholeName(group: TrendGroup): Markup | null {
  const whole = seriesName(group);
  return whole === groupName(group)
    ? null
    : html`<details>
        <summary>The whole name</summary>
        <p>${whole}</p>
      </details>`;
}

/** A text that may be too long: its beginning, with the whole as its tip. */
export function shortText(text: string, characters?: number): Content {
  const short = shortened(text, characters);
  return short === text ? withOptions(text) : html`<span title="${text}">${withOptions(short)}</span>`;
}

/** A text whose options, such as `--quick`, are not broken after their hyphens. */
function withOptions(text: string): Content {
  // The odd parts are the options.
  return text
    .split(/(--[\w-]+)/)
    .map((part, place) => (place % 2 === 0 ? breakable(part) : html`<span class="option">${part}</span>`));
}

/** A run or suite: what tells how long it took. */
interface Lasting {
  seconds: number | null;
  figures: readonly unknown[];
}

/** How long a run or suite took. Empty for one that was not made, and `unknown` where its end is before its start. */
export function tookText({ seconds, figures }: Lasting): string {
  if (seconds !== null) return duration(seconds);
  return figures.length === 0 ? '' : 'unknown';
}

export function tookCell(one: Lasting): Cell {
  const shown = tookText(one);
  return one.seconds === null ? shown : { shown, value: one.seconds, path: '' };
}

/** Such as `2026-11-23 05:44`, in UTC like all times of the page. */
export function moment({ startedAt }: Pick<TrendRun, 'startedAt'>): string {
  return `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)}`;
}

/** A link to the page of a run. Its tip is the name of the run. */
export function linkTo({ link, name }: TrendRun, text: string): Markup {
  return link === null ? html`${text}` : html`<a href="${link}" title="${name}">${text}</a>`;
}

/** A run, with the name of its series where a list has runs of several. */
export interface ListedRun {
  run: TrendRun;
  series?: string;
}

/** The id of the data of a list of runs. */
export function dataId(id: string): string {
  return `${id}-runs`;
}

/** The light of a run; undefined for one that needs no look, such as a rate that is too high. */
export function shownLight({ outcome }: Pick<TrendRun, 'outcome'>): Light | undefined {
  return isNeutral(outcome) ? undefined : meaningOf(outcome).light;
}

/** Whether the series makes the whole page red. A lapsed series does not. */
export function isRed({ redSince, lapsed }: TrendGroup): boolean {
  return redSince !== null && !lapsed;
}

/** A value of the history as it is shown. */
export const HISTORY_TEXT: Readonly<Record<FigureUnit, (value: number | null) => string>> = {
  count,
  percent,
  ms: milliseconds,
  ratio,
};
