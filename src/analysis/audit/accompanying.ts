import { seenOf, type SystemEvidence } from '../../evidence/system.js';
import type { Accompanying } from './model.js';

const UNREMARKABLE: ReadonlySet<string> = new Set(['DEBUG', 'INFO']);

/** What the servers' logs and the nodes' counters have to say about a run. */
export function accompanying({ servers, nodes }: Pick<SystemEvidence, 'servers' | 'nodes'>): Accompanying {
  const withoutLog = servers.filter(({ log }) => seenOf(log) === undefined).map(({ name }) => name);
  return {
    messages: servers
      .flatMap(({ name, log }) => (seenOf(log) ?? []).map((message) => ({ server: name, ...message })))
      .filter(({ severity }) => !UNREMARKABLE.has(severity))
      .sort((a, b) => b.count - a.count),
    ...(withoutLog.length === 0 ? {} : { withoutLog }),
    nodes: nodes.flatMap(({ name, before, after }) => {
      const from = seenOf(before);
      const to = seenOf(after);
      if (from === undefined || to === undefined) return [];
      const growth = Object.entries(to).map(([counter, value]) => [counter, value - (from[counter] ?? 0)]);
      return growth.length === 0
        ? []
        : [{ node: name, growth: Object.fromEntries(growth) as Record<string, number> }];
    }),
  };
}
