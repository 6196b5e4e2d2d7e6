import type { Style } from '../terminal/style.js';
import { meaningOf } from '../results/run-outcome.js';
import type { Trend, TrendGroup } from './trend-schema.js';

/** The most skipped files that the terminal names. The page names all. */
const NAMED = 5;

/** A line for each series: how its last run ended, and since when it is red. */
export function trendLines({ groups, passedOver }: Trend, style: Style): string[] {
  const names = groups.map(({ scenario, settings }) =>
    settings === '' ? scenario : `${scenario}, ${settings}`,
  );
  const width = Math.max(0, ...names.map(({ length }) => length));
  const more = passedOver.length - NAMED;
  return [
    ...groups.map((group, index) => line(group, (names[index] ?? '').padEnd(width), style)),
    ...(groups.length === 0 ? ['No run was found.'] : []),
    ...passedOver.slice(0, NAMED).map(({ path, why }) => style.dim(`skipped ${path}: ${why}`)),
    ...(more > 0 ? [style.dim(`and ${more} more`)] : []),
  ];
}

function line({ runs, redSince, lapsed }: TrendGroup, name: string, style: Style): string {
  const last = runs.at(-1);
  if (last === undefined) return name;
  const paint = lapsed
    ? style.dim
    : { good: style.green, red: style.red, open: style.yellow }[meaningOf(last.outcome).light];
  const first = redSince === null ? undefined : runs[redSince];
  const since = first === undefined ? '' : `  red since ${minute(first.startedAt)} (${first.directory})`;
  const of = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${lapsed ? 'not run since' : 'last'} ${minute(last.startedAt)}`;
  return `${name}  ${paint(last.outcome.padEnd(16))}  ${of}${since}`;
}

function minute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)}`;
}
