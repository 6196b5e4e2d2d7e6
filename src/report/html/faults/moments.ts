import { scenarioSchema } from '../../../scenario/schema.js';
import { stageText } from '../../../scenario/language/load-text.js';
import type { FaultsResult } from '../../../results/faults.js';
import type { Result } from '../../../results/result.js';
import type { Moment } from '../charts/time-axis.js';

/** What charts over time mark besides faults: stages of the load, ends of servers, and new states of nodes. */
export function momentsOf({ scenario, faults }: Result): Moment[] {
  return [
    ...stagesOf(scenario),
    ...(faults === undefined ? [] : [...endsOf(faults), ...statesOf(faults)]),
  ].sort((one, other) => one.atMs - other.atMs);
}

/** When each stage but the first one was due. A scenario of another version has none that could be read. */
function stagesOf({ effective }: Result['scenario']): Moment[] {
  const stages = scenarioSchema.safeParse(effective).data?.load.stages ?? [];
  let atMs = 0;
  return stages.flatMap((stage, index) => {
    const begins = atMs;
    atMs += stage.seconds * 1_000;
    return index === 0
      ? []
      : [{ kind: 'stage', atMs: begins, label: `stage ${index + 1}, ${stageText(stage)}` }];
  });
}

function endsOf({ ended }: FaultsResult): Moment[] {
  return ended.map(({ server, atMs }) => ({ kind: 'ended', atMs, label: `${server} ended` }));
}

/** A node tells the size of its cluster too. A change of the size alone is another node's. */
function statesOf({ nodes }: FaultsResult): Moment[] {
  const last = new Map<string, string>();
  return nodes.flatMap(({ node, status, state, atMs }) => {
    const now = [status, state].filter((part) => part !== '').join(' ');
    const before = last.get(node);
    last.set(node, now);
    return before === undefined || before === now
      ? []
      : [{ kind: 'state', atMs, label: `${node} is ${now}` }];
  });
}
