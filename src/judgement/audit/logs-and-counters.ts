import { seenOf, type Seen, type SystemEvidence } from '../../evidence/system.js';
import { growthOf, pausedPercent } from '../machine/flow-control.js';
import type { Accompanying } from '../../results/audit.js';

const UNREMARKABLE: ReadonlySet<string> = new Set(['DEBUG', 'INFO']);

/** What the servers' logs and the nodes' counters have to say about a run. */
export function accompanying({
  servers,
  nodes,
  clock,
}: Pick<SystemEvidence, 'servers' | 'nodes' | 'clock'>): Accompanying {
  const withoutLog = servers.filter(({ log }) => seenOf(log) === undefined).map(({ name }) => name);
  const notCounted = nodes.flatMap(({ name, before, after }) =>
    (isWithoutReplication(before) ? [] : [after, before])
      .flatMap(whyNot)
      .slice(0, 1)
      .map((why) => ({ node: name, why })),
  );
  return {
    messages: servers
      .flatMap(({ name, log }) => (seenOf(log) ?? []).map((message) => ({ server: name, ...message })))
      .filter(({ severity }) => !UNREMARKABLE.has(severity))
      .sort((a, b) => b.count - a.count),
    ...(withoutLog.length === 0 ? {} : { withoutLog }),
    nodes: nodes.flatMap(({ name, ...counters }) => {
      const growth = growthOf(counters);
      if (Object.keys(growth).length === 0) return [];
      const paused = pausedPercent(growth, clock);
      return [{ node: name, growth, ...(paused === undefined ? {} : { pausedPercent: paused }) }];
    }),
    ...(notCounted.length === 0 ? {} : { notCounted }),
  };
}

function isWithoutReplication(reading: Seen<Readonly<Record<string, number>>>): boolean {
  return 'seen' in reading && !('wsrep_last_committed' in reading.seen);
}

function whyNot(reading: Seen<unknown>): string[] {
  if ('seen' in reading) return [];
  return ['absent' in reading ? reading.absent : reading.failed];
}
