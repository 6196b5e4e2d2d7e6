import type { SystemEvidence } from '../../evidence/system.js';
import type { Check } from '../../results/check.js';
import type { ClocksJudgement, ServerClock } from '../../results/clocks.js';
import { isOfTimeZone, offsetOf, offsetText, type Offset } from './text.js';

/** A server whose time is known. */
interface Timed extends Offset {
  server: string;
  clock: ServerClock;
}

/**
 * A check for each case whose servers share leases: a lease that is over by the time of one server and not by the time
 * of another goes to two clients. It compares the servers with each other, as the machine of the clients may have
 * another time than all of them. Where the time of fewer than two servers is known, there is no check.
 */
export function clockChecks(
  { servers, limitMs }: ClocksJudgement,
  system: Pick<SystemEvidence, 'replicated' | 'servers'>,
): Check[] {
  const cases = [...new Set(servers.map((one) => one.case))];
  return cases.flatMap((name) => {
    const timed = servers
      .filter((one) => one.case === name)
      .flatMap((clock): Timed[] => {
        const offset = offsetOf(clock);
        return offset === null ? [] : [{ ...offset, server: clock.server, clock }];
      });
    const groups = sharing(name, timed, system).filter((group) => group.length > 1);
    if (groups.length === 0) return [];
    const apart = groups.map((group) => ({ group, byMs: leastDifference(group) }));
    const worst = apart.reduce((a, b) => (b.byMs > a.byMs ? b : a));
    const fails = worst.byMs > limitMs;
    const [odd] = worst.group.toSorted((a, b) => distance(b, worst.group) - distance(a, worst.group));
    return [
      {
        name: 'servers.clocks',
        case: name,
        phase: '',
        expected: `times of the servers at most ${limitMs / 1_000} s apart, beyond the uncertainty`,
        actual:
          fails && odd !== undefined ? found(odd) : `at least ${(worst.byMs / 1_000).toFixed(2)} s apart`,
        verdict: fails ? 'fail' : 'pass',
      },
    ];
  });
}

function found(odd: Timed): string {
  const { rows } = odd.clock;
  const other = odd.clock.log === null ? 'by its statistics' : 'by its log';
  const isByRows = rows !== null && rows === offsetOf(odd.clock);
  const by = !isByRows ? other : `by ${rows.agreeing} of its ${rows.used} rows`;
  const zone = isOfTimeZone(odd) ? ', as in another time zone' : '';
  return `${odd.server} is ${offsetText(odd)}, ${by}${zone}`;
}

/** The servers that share leases, group by group. */
function sharing(
  caseName: string,
  timed: readonly Timed[],
  { replicated, servers }: Pick<SystemEvidence, 'replicated' | 'servers'>,
): Timed[][] {
  if (replicated) return [[...timed]];
  const nodeOf = (server: string) => servers.find(({ name }) => name === `${caseName} ${server}`)?.node ?? '';
  const nodes = [...new Set(timed.map(({ server }) => nodeOf(server)))];
  return nodes.map((node) => timed.filter(({ server }) => nodeOf(server) === node));
}

/** How far the times of two of the servers are apart at least, milliseconds. */
function leastDifference(group: readonly Timed[]): number {
  const latest = Math.max(...group.map(({ offsetMs, uncertaintyMs }) => offsetMs - uncertaintyMs));
  const earliest = Math.min(...group.map(({ offsetMs, uncertaintyMs }) => offsetMs + uncertaintyMs));
  return Math.max(0, latest - earliest);
}

/** How far a server is from most of the others; of two, how far it is from the machine of the clients. */
function distance({ offsetMs }: Timed, group: readonly Timed[]): number {
  if (group.length < 3) return Math.abs(offsetMs);
  const sorted = group.map((one) => one.offsetMs).sort((a, b) => a - b);
  return Math.abs(offsetMs - (sorted[Math.floor(sorted.length / 2)] ?? 0));
}
