import type { SystemEvidence } from '../../evidence/system.js';
import type { ClocksApart, ServerClock } from '../../results/clocks.js';
import { isOfTimeZone, offsetOf, type Offset } from './text.js';

/** A server whose time is known. */
interface Timed extends Offset {
  clock: ServerClock;
}

/**
 * For each case, how far the times of servers that share leases are apart. It compares the servers with each other, as
 * the machine of the clients may have another time than all of them. A case is left out where the times of fewer than
 * two servers that share leases are known.
 */
export function clocksApart(
  servers: readonly ServerClock[],
  system: Pick<SystemEvidence, 'replicated' | 'servers'>,
): ClocksApart[] {
  const cases = [...new Set(servers.map((one) => one.case))];
  return cases.flatMap((name) => {
    const timed = servers
      .filter((one) => one.case === name)
      .flatMap((clock): Timed[] => {
        const offset = offsetOf(clock);
        return offset === null ? [] : [{ ...offset, clock }];
      });
    const groups = sharing(name, timed, system).filter((group) => group.length > 1);
    if (groups.length === 0) return [];
    const apart = groups.map((group) => ({ group, leastMs: leastDifference(group) }));
    const { group, leastMs } = apart.reduce((a, b) => (b.leastMs > a.leastMs ? b : a));
    return [{ case: name, leastMs, odd: oddOf(group) }];
  });
}

/** The server that is furthest from most of the others; of two, the one that is further from the clients' machine. */
function oddOf(group: readonly Timed[]): ClocksApart['odd'] {
  const sorted = group.toSorted((a, b) => a.offsetMs - b.offsetMs);
  const usual =
    group.length > 2
      ? sorted[Math.floor(sorted.length / 2)]
      : group.toSorted((a, b) => Math.abs(a.offsetMs) - Math.abs(b.offsetMs))[0];
  if (usual === undefined) throw new Error('there is no server to compare with');
  const from = ({ offsetMs }: Timed): number => Math.abs(offsetMs - usual.offsetMs);
  const odd = group.reduce((a, b) => (from(b) > from(a) ? b : a));
  const { rows } = odd.clock;
  const isByRows = rows !== null && rows === offsetOf(odd.clock);
  const difference = {
    offsetMs: odd.offsetMs - usual.offsetMs,
    uncertaintyMs: odd.uncertaintyMs + usual.uncertaintyMs,
  };
  return {
    server: odd.clock.server,
    ...difference,
    isTimeZone: isOfTimeZone(difference),
    by: isByRows
      ? `${rows.agreeing} of its ${rows.used} rows`
      : odd.clock.log === null
        ? 'its statistics'
        : 'its log',
    ...(isByRows && odd.clock.log !== null && usual.clock.log !== null
      ? { logMs: odd.clock.log.offsetMs - usual.clock.log.offsetMs }
      : {}),
  };
}

/** The servers that share leases, group by group. */
function sharing(
  caseName: string,
  timed: readonly Timed[],
  { replicated, servers }: Pick<SystemEvidence, 'replicated' | 'servers'>,
): Timed[][] {
  if (replicated) return [[...timed]];
  const nodeOf = ({ clock }: Timed) =>
    servers.find(({ name }) => name === `${caseName} ${clock.server}`)?.node ?? '';
  const nodes = [...new Set(timed.map(nodeOf))];
  return nodes.map((node) => timed.filter((one) => nodeOf(one) === node));
}

/** How far the times of two of the servers are apart at least, milliseconds. */
function leastDifference(group: readonly Offset[]): number {
  const latest = Math.max(...group.map(({ offsetMs, uncertaintyMs }) => offsetMs - uncertaintyMs));
  const earliest = Math.min(...group.map(({ offsetMs, uncertaintyMs }) => offsetMs + uncertaintyMs));
  return Math.max(0, latest - earliest);
}
