import { printable } from '../terminal/printable.js';
import type { Style } from '../terminal/style.js';
import { meaningOf } from '../results/run-outcome.js';
import { seriesName, shortened } from './names.js';
import type { Trend, TrendGroup } from './trend-schema.js';

/** The most skipped files that the terminal names. The page names all. */
const NAMED = 5;
/** The widest column of names. A longer name stands out of it. */
const WIDEST = 60;

/** A line for each series: how its last run ended, and since when it is red. */
export function trendLines({ groups, passedOver }: Trend, style: Style): string[] {
  const names = groups.map((group) => printable(shortened(seriesName(group))));
  const width = Math.min(WIDEST, Math.max(0, ...names.map(({ length }) => length)));
  return [
    ...groups.map((group, index) => line(group, (names[index] ?? '').padEnd(width), style)),
    ...(groups.length === 0 ? ['No run was found.'] : []),
    ...passedOverLines(passedOver, style),
  ];
}

/** What is not listed, with the reason: the first few. */
export function passedOverLines(passedOver: Trend['passedOver'], style: Style): string[] {
  const more = passedOver.length - NAMED;
  return [
    ...passedOver
      .slice(0, NAMED)
      .map(({ path, why }) => style.dim(`skipped ${printable(path)}: ${printable(why)}`)),
    ...(more > 0 ? [style.dim(`and ${more} more, which the page names`)] : []),
  ];
}

function line({ runs, redSince, lapsed }: TrendGroup, name: string, style: Style): string {
  const last = runs.at(-1);
  if (last === undefined) return name;
  const paint = lapsed
    ? style.dim
    : { good: style.green, red: style.red, open: style.yellow }[meaningOf(last.outcome).light];
  const first = redSince === null ? undefined : runs[redSince];
  const since =
    first === undefined ? '' : `  red since ${minute(first.startedAt)} (${printable(first.directory)})`;
  const of = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${lapsed ? 'not run since' : 'last'} ${minute(last.startedAt)}`;
  return `${name}  ${paint(last.outcome.padEnd(16))}  ${of}${since}`;
}

function minute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)}`;
}
