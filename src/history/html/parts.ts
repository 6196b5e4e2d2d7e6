import { distinct } from '../labels.js';
import type { TrendGroup, TrendRun } from '../trend-schema.js';
import type { FigureUnit } from '../../results/registry/figure.js';
import { html, type Markup } from '../../report/html/markup.js';
import { percent } from '../../report/words/percent.js';
import { count, milliseconds, ratio } from '../../report/words/numbers.js';

/** A distinct id for the section of each series, such as `series-published-galera-quick`. */
export function groupIds(groups: readonly TrendGroup[]): ReadonlyMap<TrendGroup, string> {
  const ids = distinct(groups.map(idOf), (id, number) => `${id}-${number}`);
  return new Map(groups.map((group, index) => [group, ids[index] ?? '']));
}

function idOf({ scenario, settings }: TrendGroup): string {
  return `series-${`${scenario} ${settings}`.replace(/[^a-z0-9.]+/gi, '-').replace(/-+$/, '')}`;
}

/** Such as `published-galera, --quick`. */
export function groupName({ scenario, settings }: TrendGroup): string {
  return settings === '' ? scenario : `${scenario}, ${settings}`;
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
