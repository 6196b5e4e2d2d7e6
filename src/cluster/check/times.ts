import type { ClusterCheck, NodeFacts } from './cluster-check.js';
import { stated } from './stated.js';

/** As `limits.maxClockDifferenceMs` by default. */
const MOST_APART_MS = 1_000;

/**
 * The nodes' clocks and time zones. Kea has its lease times translated by the time zone of its node: where two nodes
 * have different ones, each server reads what the other wrote as another time. A node's clock is also that of the
 * servers that run beside it.
 */
export function timeChecks(nodes: readonly Pick<NodeFacts, 'name' | 'time'>[]): ClusterCheck[] {
  if (nodes.length < 2) return [];
  const from = (one: NodeFacts['time']) => one.offsetMs - one.uncertaintyMs;
  const to = (one: NodeFacts['time']) => one.offsetMs + one.uncertaintyMs;
  const times = nodes.map(({ time }) => time);
  const apartMs = Math.max(0, Math.max(...times.map(from)) - Math.min(...times.map(to)));
  const zones = new Set(times.map(({ utcOffsetS }) => utcOffsetS));
  return [
    stated(
      'clock',
      null,
      `clocks at most ${MOST_APART_MS / 1_000} s apart`,
      `${(apartMs / 1_000).toFixed(1)} s apart`,
      {
        holds: apartMs <= MOST_APART_MS,
        hint: `a server with another clock takes live leases for expired, and gives them to others; set the clocks right with NTP (seconds ahead of this machine: ${told(nodes, ({ offsetMs }) => (offsetMs / 1_000).toFixed(1))})`,
      },
    ),
    stated(
      'time-zone',
      null,
      'one time zone',
      zones.size === 1 ? zoneText(times[0]) : told(nodes, zoneText),
      {
        holds: zones.size === 1,
        hint: 'Kea writes and reads when a lease ends in local time, so servers at nodes with different time zones give live leases to others; set one time_zone on every node (UTC: default-time-zone=+00:00), and one time zone on the machines of the servers',
      },
    ),
  ];
}

function told(
  nodes: readonly Pick<NodeFacts, 'name' | 'time'>[],
  text: (time: NodeFacts['time']) => string,
): string {
  return nodes.map(({ name, time }) => `${name} ${text(time)}`).join(', ');
}

/** `UTC+05:45` */
function zoneText(time: NodeFacts['time'] | undefined): string {
  const minutes = Math.round((time?.utcOffsetS ?? 0) / 60);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
