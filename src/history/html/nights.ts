import { meaningOf, type Light } from '../../results/run-outcome.js';
import { calendar, CALENDAR_MONTHS, type CalendarDay } from '../../report/html/charts/calendar.js';
import { html, type Content, type Markup } from '../../report/html/markup.js';
import { LOOKS, SIGNS } from '../../report/html/sections/verdict.js';
import type { Section } from '../../report/html/sections/section.js';
import { count, plural } from '../../report/words/numbers.js';
import { isNeutral } from '../../suite/run-text.js';
import type { TrendGroup, TrendRun } from '../trend-schema.js';
import { groupName, moment } from './parts.js';

/** A run, and the name of its series. */
interface Night {
  series: string;
  run: TrendRun;
}

/** The nights of all series: a cell for each day, which leads to the gravest run of the day. */
export function nights(groups: readonly TrendGroup[]): Section | undefined {
  const all = groups.flatMap((group) => group.runs.map((run) => ({ series: groupName(group), run })));
  const days = daysOf(all, (those) => {
    const red = those.filter(({ run }) => lightOf(run) === 'red');
    const named = [...new Set(red.map(({ series }) => series))];
    const open = those.filter(({ run }) => lightOf(run) === 'open').length;
    return [
      plural(those.length, 'run'),
      ...(red.length === 0 ? [] : [`${count(red.length)} red: ${listed(named)}`]),
      ...(open === 0 ? [] : [`${count(open)} can't tell`]),
    ].join('; ');
  });
  if (days.length === 0) return undefined;
  return {
    id: 'nights',
    title: 'Nights',
    content: [calendar('How the runs of each day ended', days), legend(days)],
  };
}

/** How many months the nights of one series show. The list of its runs has all. */
const OWN_MONTHS = 4;

/** The newest nights of one series; nothing for a single day. */
export function nightsOf(group: TrendGroup): Content {
  const own = group.runs.map((run) => ({ series: groupName(group), run }));
  const days = daysOf(own, (those) => those.map(({ run }) => runText(run)).join('; '));
  return days.length < 2 ? null : calendar(`${groupName(group)}: how each day ended`, days, OWN_MONTHS);
}

/** A red run decides the colour of its day. A run that can't tell decides it only if no other run was made. */
const GRAVEST: readonly Light[] = ['red', 'good', 'open'];

function daysOf(all: readonly Night[], textOf: (those: readonly Night[]) => string): CalendarDay[] {
  const byDate = new Map<string, Night[]>();
  for (const night of all) {
    if (isNeutral(night.run.outcome)) continue;
    const date = night.run.startedAt.slice(0, 10);
    const those = byDate.get(date);
    if (those === undefined) byDate.set(date, [night]);
    else those.push(night);
  }
  return [...byDate].flatMap(([date, those]): CalendarDay[] => {
    const [gravest] = GRAVEST.flatMap((light) => those.filter(({ run }) => lightOf(run) === light));
    if (gravest === undefined) return [];
    const look = LOOKS[lightOf(gravest.run)];
    return [{ date, look, sign: SIGNS[look], text: textOf(those), link: gravest.run.link }];
  });
}

function lightOf({ outcome }: TrendRun): Light {
  return meaningOf(outcome).light;
}

/** Such as `05:44 fail: run.deaths, run published-galera/20261123T054400Z`. */
function runText(run: TrendRun): string {
  const { outcome, why, name } = run;
  return `${moment(run).slice(11)} ${outcome}${why === '' ? '' : `: ${why}`}, run ${name}`;
}

const NAMED = 6;

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}

function legend(days: readonly CalendarDay[]): Markup {
  const key = (look: 'pass' | 'fail' | 'inconclusive', text: string) =>
    html`<span class="key"
      ><svg viewBox="0 0 16 16" aria-hidden="true">
        <rect class="night ${look}" width="16" height="16" rx="3" />
        <text class="on-night" x="8" y="12">${SIGNS[look]}</text></svg
      >${text}</span
    >`;
  const months = new Set(days.map(({ date }) => date.slice(0, 7))).size;
  const older = months > CALENDAR_MONTHS ? `. The newest ${CALENDAR_MONTHS} months with runs` : '';
  return html`<p class="legend">
    ${key('pass', 'good')}${key('inconclusive', "can't tell")}${key('fail', 'red')} a day each, in UTC; its link leads
    to a red run, else to a good one, else to one that can't tell${older}
  </p>`;
}
