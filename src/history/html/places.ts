import type { Light } from '../../results/run-outcome.js';
import { count, plural } from '../../report/words/numbers.js';
import type { TrendRun } from '../trend-schema.js';
import { moment, shownLight } from './parts.js';

/**
 * The places of a chart of runs. The newest runs have a place each. Where there are many older ones, a place stands for
 * several of them, so the size of a page does not grow with the history.
 */

/** The runs of a place, oldest first; never empty. */
export type Place = readonly [TrendRun, ...TrendRun[]];

/** With more runs than this, the older ones share places. A chart has no room for more. */
const MOST = 100;
/** How many of the newest runs have a place each then. */
const SINGLE = 60;

export function placesOf(runs: readonly TrendRun[]): Place[] {
  if (runs.length <= MOST) return runs.map((run): Place => [run]);
  const older = runs.slice(0, -SINGLE);
  const each = Math.ceil(older.length / (MOST - SINGLE));
  const folded = Array.from({ length: Math.ceil(older.length / each) }, (_, place) =>
    older.slice(place * each, (place + 1) * each),
  );
  return [...folded, ...runs.slice(-SINGLE).map((run) => [run])].flatMap(([first, ...others]): Place[] =>
    first === undefined ? [] : [[first, ...others]],
  );
}

/** How many places stand for several runs. They are the oldest. */
export function foldedOf(places: readonly Place[]): number {
  return places.length > SINGLE && (places[0]?.length ?? 1) > 1 ? places.length - SINGLE : 0;
}

/** The gravest light of a place, so that no red run is hidden. Undefined where no run needs a look. */
export function lightOfPlace(place: Place): Light | undefined {
  const lights = place.map(shownLight);
  return (['red', 'good', 'open'] as const).find((light) => lights.includes(light));
}

/** Such as `2026-01-01 03:00 to 2026-01-24 03:00, 24 runs: 23 good, 1 red`. */
export function placeText(place: Place): string {
  const [first] = place;
  const lights = place.map(shownLight);
  const counts = (['good', 'red', 'open'] as const).flatMap((light) => {
    const number = lights.filter((one) => one === light).length;
    return number === 0 ? [] : [`${count(number)} ${light === 'open' ? "can't tell" : light}`];
  });
  return `${moment(first)} to ${moment(place.at(-1) ?? first)}, ${plural(place.length, 'run')}: ${counts.join(', ')}`;
}

/** The middle of the values, and their range; null where no run has a value. */
export function summaryOf(
  values: readonly (number | null)[],
): { middle: number; range: readonly [number, number] } | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other);
  const [least, most] = [known[0], known.at(-1)];
  const middle = known[Math.floor(known.length / 2)];
  return least === undefined || most === undefined || middle === undefined
    ? null
    : { middle, range: [least, most] };
}
