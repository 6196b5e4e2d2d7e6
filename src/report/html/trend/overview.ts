import { meaningOf } from '../../outcome.js';
import {
  LAPSES_AFTER_DAYS,
  type Trend,
  type TrendFigures,
  type TrendGroup,
  type TrendRun,
} from '../../trend/model.js';
import { html, type Markup } from '../markup.js';
import { percent } from '../../percent.js';
import { count, milliseconds, plural } from '../numbers.js';
import type { Section } from '../sections/section.js';
import { SIGNS } from '../sections/verdict.js';
import { outcomeMark } from '../suite/light.js';
import { table, type Cell } from '../table.js';
import { groupName, isRed, linkTo, moment } from './parts.js';

/** The first screen: whether any series is red. */
export function trendHeader({ groups }: Trend): Markup {
  const current = groups.filter(({ lapsed }) => !lapsed);
  const red = groups.filter(isRed);
  const open = current.filter((group) => meaningOf(lastOf(group).outcome).light === 'open');
  const look = red.length > 0 ? 'fail' : open.length > 0 ? 'inconclusive' : 'pass';
  const word = { fail: 'RED', inconclusive: 'OPEN', pass: 'GOOD' }[look];
  const runs = groups.flatMap((group) => group.runs).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const [first] = runs;
  const last = runs.at(-1);
  const span = first === undefined || last === undefined ? '' : `, ${day(first)} to ${day(last)}`;
  return html`<header class="${look}">
    <p class="verdict">
      <strong><span aria-hidden="true">${SIGNS[look]}</span> ${word}</strong>
    </p>
    <div>
      <h1>${sentence(current, red)}</h1>
      <p class="meta">${plural(runs.length, 'run')}${span}${lapsedText(groups)}</p>
    </div>
  </header>`;
}

function sentence(groups: readonly TrendGroup[], red: readonly TrendGroup[]): string {
  if (groups.length === 0) return 'No run was found';
  if (red.length === 0) return `Nothing is red in ${plural(groups.length, 'series', 'series')} of runs`;
  return `${count(red.length)} of ${plural(groups.length, 'series', 'series')} of runs: ${red.map(groupName).join('; ')}`;
}

/** Such as `; 2 more series were not run in the last 7 days of this period, 1 of them red`. */
function lapsedText(groups: readonly TrendGroup[]): string {
  const lapsed = groups.filter((group) => group.lapsed);
  if (lapsed.length === 0) return '';
  const red = lapsed.filter(({ redSince }) => redSince !== null).length;
  const said = `${count(lapsed.length)} more series ${lapsed.length === 1 ? 'was' : 'were'} not run in the last ${LAPSES_AFTER_DAYS} days of this period`;
  return `; ${said}${red === 0 ? '' : `, ${count(red)} of them red`}`;
}

function day({ startedAt }: TrendRun): string {
  return startedAt.slice(0, 10);
}

function lastOf({ runs }: TrendGroup): TrendRun {
  const last = runs.at(-1);
  if (last === undefined) throw new RangeError('a group without a run');
  return last;
}

/** A row for each series, with its last run. */
export function overview(groups: readonly TrendGroup[], ids: ReadonlyMap<TrendGroup, string>): Section {
  const columns = [
    ...['outcome', 'conformance', 'reproduction', 'scenario', 'settings', 'red since', 'last run'].map(
      (head) => ({ head }),
    ),
    { head: 'runs', figures: true },
    {
      head: 'duplicate offers %',
      title: 'first phase of the last run, 100 · d / N; the highest of its cases',
      figures: true,
    },
    {
      head: 'duplicate leases',
      title: 'duplicate leases in the second phase of the last run, all cases',
      figures: true,
    },
    { head: 'held by two', title: 'leases held by two clients at once in the last run', figures: true },
    { head: 'p99 ms', title: 'second phase of the last run; the longest of its cases', figures: true },
  ];
  const rows = groups.map((group): Cell[] => {
    const last = lastOf(group);
    const first = group.redSince === null ? undefined : group.runs[group.redSince];
    const { figures } = last;
    const shared = sum(figures, ({ heldByTwo }) => heldByTwo);
    const duplicates = sum(figures, ({ committedDuplicates }) => committedDuplicates);
    const bad = meaningOf(last.outcome).light === 'red';
    const told = figures.length > 0;
    const percents = largest(figures, ({ offeredDuplicatePercent }) => offeredDuplicatePercent);
    const p99 = largest(figures, ({ p99Ms }) => p99Ms);
    return [
      outcomeMark(last.outcome),
      last.verdict ?? '–',
      last.reproduction ?? '–',
      html`<a href="#${ids.get(group) ?? ''}">${group.scenario}</a>`,
      group.settings,
      first === undefined ? '' : linkTo(first, moment(first)),
      group.lapsed ? html`not run since ${linkTo(last, moment(last))}` : linkTo(last, moment(last)),
      { shown: count(group.runs.length), value: group.runs.length, path: '' },
      { shown: percent(percents), value: percents, path: '' },
      {
        shown: count(told ? duplicates : null),
        value: told ? duplicates : null,
        path: '',
        bad: bad && duplicates > 0,
      },
      { shown: count(told ? shared : null), value: told ? shared : null, path: '', bad: bad && shared > 0 },
      { shown: milliseconds(p99), value: p99, path: '' },
    ];
  });
  return { id: 'overview', title: 'Overview', content: table({ label: 'Every scenario', columns, rows }) };
}

function sum(figures: readonly TrendFigures[], of: (one: TrendFigures) => number): number {
  return figures.reduce((all, one) => all + of(one), 0);
}

function largest(figures: readonly TrendFigures[], of: (one: TrendFigures) => number | null): number | null {
  const values = figures.map(of).filter((value) => value !== null);
  return values.length === 0 ? null : Math.max(...values);
}
