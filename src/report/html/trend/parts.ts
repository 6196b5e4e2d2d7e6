import type { TrendGroup, TrendRun } from '../../trend/model.js';
import { html, type Markup } from '../markup.js';

/** `series-published-galera-quick`: where the page's own links lead. */
export function groupId({ scenario, settings }: TrendGroup): string {
  return `series-${`${scenario} ${settings}`.replace(/[^a-z0-9.]+/gi, '-').replace(/-+$/, '')}`;
}

/** `published-galera, --quick` */
export function groupName({ scenario, settings }: TrendGroup): string {
  return settings === '' ? scenario : `${scenario}, ${settings}`;
}

/** `2026-11-23 05:44`, UTC as all times of the page. */
export function moment({ startedAt }: Pick<TrendRun, 'startedAt'>): string {
  return `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)}`;
}

export function linkTo({ link }: TrendRun, text: string): Markup {
  return link === null ? html`${text}` : html`<a href="${link}">${text}</a>`;
}
