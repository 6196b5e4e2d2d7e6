import { CLOCK_CHECK, type CheckName } from '../../results/check-names.js';
import type { ClocksApart } from '../../results/clocks.js';
import type { Witness } from '../../results/witness.js';
import { apartText, isApart, isContradicted } from '../clocks/checks.js';
import type { Cause } from './cause.js';
import type { Explanation, RunContext } from './run-context.js';

const UPSTREAM =
  '`MySqlConnection::convertToDatabaseTime` and `convertFromDatabaseTime` in `src/lib/mysql/mysql_connection.cc` of Kea.';

export const otherClock: Cause = {
  title: 'clocks that differ',
  meaning:
    'Kea writes by its own clock when a lease ends, and judges by its own clock whether it is over. A server whose clock is ahead takes leases of the others for expired while their clients hold them, and gives them away. One whose clock is behind has its own leases taken in the same way.',
  versions: 'Every version of Kea.',
  upstream: UPSTREAM,
  shownBy:
    'The check `servers.clocks` does not hold: the times of two servers are apart, by no multiple of a quarter of an hour.',
  whatToDo:
    'Keep the clocks of all servers with NTP (chrony, systemd-timesyncd), and watch them. Leases that last long against the difference are safer.',
  found: (run) => explained(run, false),
};

export const otherTimeZone: Cause = {
  title: 'time zones that differ',
  meaning:
    'Kea writes when a lease ends in its own local time, and reads it as its own local time. A server in a time zone further east takes all leases of the others for expired, however long they last, and gives them away. One further west has its own leases taken in the same way.',
  versions: 'Every version of Kea.',
  upstream: UPSTREAM,
  shownBy:
    'The check `servers.clocks` does not hold: the times of two servers are apart by a multiple of a quarter of an hour.',
  whatToDo:
    'Give all servers and all nodes one time zone. UTC has no summer time, in which an hour comes twice in autumn.',
  found: (run) => explained(run, true),
};

/** What the difference explains: the leases that two clients held at once, and the rows that say otherwise. */
function explained({ cases, checks, clocks }: RunContext, isZone: boolean): Explanation[] {
  const { apart = [], limitMs } = clocks ?? { limitMs: Infinity };
  return apart.flatMap((one) => {
    const { odd } = one;
    if (!isApart(one, limitMs) || odd.isTimeZone !== isZone || isContradicted(odd)) return [];
    const figures = cases.find((other) => other.figures.name === one.case)?.figures;
    const tookLeases = figures?.witnesses.some((witness) => mayHaveRunOut(witness, odd)) === true;
    const names = checks
      // The checks of the commit history are of all cases together.
      .filter(({ case: of, verdict }) => verdict === 'fail' && ['', one.case].includes(of))
      .filter(({ name }) => name === OF_ROWS || (tookLeases && OF_LEASES.has(name)))
      .map(({ name }) => name);
    return (names.length === 0 ? [CLOCK_CHECK] : names).map((explains) => ({
      case: one.case,
      explains,
      text: apartText(one),
    }));
  });
}

/** Whether the first of two clients had so little time left that its lease was over by the other time. */
function mayHaveRunOut({ kind, holders }: Witness, { offsetMs, uncertaintyMs }: ClocksApart['odd']): boolean {
  if (kind !== 'held-concurrently') return false;
  const [first, second] = holders.toSorted((a, b) => a.fromUs - b.fromUs);
  if (first?.untilUs == null || second === undefined) return false;
  return (first.untilUs - second.fromUs) / 1_000 <= Math.abs(offsetMs) + uncertaintyMs + ROUNDED_MS;
}

/** Rows have whole seconds. */
const ROUNDED_MS = 1_000;

/** What the other time alone brings about. */
const OF_ROWS = 'audit.expiry' satisfies CheckName;

/** What comes of leases that a server takes for expired. */
const OF_LEASES: ReadonlySet<string> = new Set<CheckName>([
  'conformance.heldConcurrently',
  'audit.identity',
  'audit.stored',
  'commits.owners',
]);
