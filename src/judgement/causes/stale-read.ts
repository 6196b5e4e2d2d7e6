import { number } from '../../numbers.js';
import type { HeldLease, Witness } from '../../results/witness.js';
import type { Cause, CauseContext } from './cause.js';
import { Replicas } from './replicas.js';

/**
 * For how long after a confirmed commit another node may not have applied it. On a machine whose two CPUs were used
 * up, no stale read came later than 16 ms. A violation that comes later than this limit has another cause.
 */
const WITHIN_MS = 250;

export const staleRead: Cause = {
  title: 'stale reads',
  meaning:
    'A Galera node confirms a commit once its order is settled, before the other nodes have applied it. A server that is asked about the lease meanwhile, through another node, reads the old state. The server does not know the lease, or finds that it has changed. It refuses the client, or gives it another lease.',
  versions: 'Every version of Galera; Percona XtraDB Cluster and MariaDB alike.',
  upstream: 'MariaDB manual, "Galera Cluster System Variables", `wsrep_sync_wait`.',
  shownBy: `The database replicates, \`wsrep_sync_wait\` does not make reads wait, and every one of the clients asked a server on another node than the node that had last written its lease, within ${WITHIN_MS} ms of the answer that had confirmed that write. If a client was given another lease, its first lease was itself at most ${WITHIN_MS} ms old.`,
  whatToDo:
    'Set `wsrep_sync_wait=1` on every node, as in `roam-causal`; it costs time on every packet. Or let clients stay with one server.',
  evidence(context) {
    const { check, system, settings, found } = context;
    const setting = settings['wsrep_sync_wait'];
    if (system?.replicated !== true || readsWait(setting)) return undefined;
    const replicas = new Replicas(system, context.case);
    const lags = check === 'audit.oneLease' ? secondLeases(context, replicas) : refusals(context, replicas);
    if (lags === undefined || lags.length === 0 || lags.length !== found) return undefined;
    const what = check === 'audit.oneLease' ? 'was given a second lease' : 'asked for its lease';
    return (
      `${found === 1 ? 'the one client' : `each of ${number(found)} clients`} ${what} through another node, ${range(lags)} after ` +
      `the answer that had given or prolonged its lease; wsrep_sync_wait is ${String(setting ?? 'not set')}`
    );
  },
};

/** The bit for reads. The other bits are for updates, inserts and SHOW. */
function readsWait(setting: string | number | boolean | undefined): boolean {
  return (Number(setting ?? 0) & 1) !== 0;
}

/**
 * For each renewal that was not kept: how many ms after the last commit the client asked. Undefined if one of them
 * was no stale read.
 */
function refusals({ witnesses }: CauseContext, replicas: Replicas): number[] | undefined {
  return all(
    witnesses.filter(({ kind }) => kind === 'not-kept'),
    ({ holders: [asked], held = [], otherLease }) => {
      if (asked === undefined) return undefined;
      // A server that had seen one of the held leases in its current state would have kept that lease.
      const lags = all(held, (one) => {
        const lag = lagOf(asked, one.last, replicas);
        const isUnseen = otherLease === null || lagOf(asked, firstOf(one), replicas) !== undefined;
        return isUnseen ? lag : undefined;
      });
      return lags === undefined || lags.length === 0 ? undefined : Math.max(...lags);
    },
  );
}

/**
 * For each client with several leases: the longest time from an earlier lease to a later one, ms. Undefined if one of
 * the later leases was no stale read.
 */
function secondLeases({ findings, found, everHeld }: CauseContext, replicas: Replicas): number[] | undefined {
  const several = findings.filter(({ kind }) => kind === 'several-leases');
  if (several.length !== found) return undefined;
  const heldBy = everHeld(several.flatMap(({ client }) => client ?? []));
  return all(several, ({ client, lease, also = [] }) => {
    const stored = [lease, ...also];
    const held = heldBy.get(client ?? -1) ?? [];
    // Each lease as it was given last. A row that the client was never told of is not explained.
    const given = stored.flatMap((one) => held.findLast((other) => other.lease === one) ?? []);
    if (given.length < stored.length || given.length < 2) return undefined;
    const inTime = given.sort((a, b) => a.fromUs - b.fromUs);
    const lags = all(inTime.slice(1), (next, index) => {
      const before = all(inTime.slice(0, index + 1), (one) => lagOf(next, firstOf(one), replicas));
      return before === undefined ? undefined : Math.max(...before);
    });
    return lags === undefined ? undefined : Math.max(...lags);
  });
}

type Answered = Pick<Witness['holders'][number], 'server' | 'fromUs'>;

function firstOf({ server, fromUs }: HeldLease): HeldLease['last'] {
  return { server, atUs: fromUs };
}

/**
 * How many ms after a commit on another node a server was asked; undefined if the server could have seen the commit.
 */
function lagOf(asked: Answered, committed: HeldLease['last'], replicas: Replicas): number | undefined {
  const lag = (asked.fromUs - committed.atUs) / 1_000;
  return lag <= WITHIN_MS && replicas.areApart(asked.server, committed.server) ? lag : undefined;
}

/** The value of every item; undefined if one of the values is undefined. */
function all<T>(
  items: readonly T[],
  of: (item: T, index: number) => number | undefined,
): number[] | undefined {
  const values: number[] = [];
  for (const [index, item] of items.entries()) {
    const value = of(item, index);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** `4.1 ms`, `0.1 to 13 ms (median 0.3)` */
function range(lags: readonly number[]): string {
  const sorted = lags.toSorted((a, b) => a - b);
  const shown = [sorted[0], sorted.at(-1), sorted[Math.floor(sorted.length / 2)]].map((value = 0) =>
    value.toFixed(Math.abs(value) < 10 ? 1 : 0),
  );
  const [least, most, middle] = shown;
  return sorted.length === 1 ? `${least} ms` : `${least} to ${most} ms (median ${middle})`;
}
