import type { Result } from '../../results/result.js';
import type { Trend, TrendGroup, TrendRun } from '../trend-schema.js';
import { plural } from '../../report/words/numbers.js';
import { isRed, shownLight } from './parts.js';

/** What the runs of a directory come to. The page of a history and the list of runs say the same. */
export interface State {
  look: Result['verdict'];
  red: TrendGroup[];
  /** The series whose newest run can't tell. Lapsed ones do not count. */
  open: TrendGroup[];
  /** The runs that can't be read: one of them may be red. */
  unread: Trend['passedOver'];
}

interface Seen {
  groups: readonly TrendGroup[];
  passedOver: Trend['passedOver'];
}

export function stateOf({ groups, passedOver }: Seen): State {
  const red = groups.filter(isRed);
  const open = groups.filter((group) => !group.lapsed && shownLight(lastOf(group)) === 'open');
  const unread = passedOver.filter(({ isRun }) => isRun === true);
  const look = red.length > 0 ? 'fail' : open.length > 0 || unread.length > 0 ? 'inconclusive' : 'pass';
  return { look, red, open, unread };
}

/** Such as `1 run can't be read, and may be red`; empty for none. */
export function unreadText({ unread }: Pick<State, 'unread'>): string {
  return unread.length === 0 ? '' : `${plural(unread.length, 'run')} can't be read, and may be red`;
}

export function lastOf({ runs }: TrendGroup): TrendRun {
  const last = runs.at(-1);
  if (last === undefined) throw new RangeError('a group without a run');
  return last;
}
