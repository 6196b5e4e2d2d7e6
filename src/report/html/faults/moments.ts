import { scenarioSchema } from '../../../scenario/schema.js';
import { plannedSeconds } from '../../../scenario/fault-plan.js';
import { stageText } from '../../../scenario/language/load-text.js';
import type { FaultsResult } from '../../../results/faults.js';
import type { Result } from '../../../results/result.js';
import type { Moment } from '../charts/time-axis.js';

/**
 * What charts over time mark besides faults: stages of the load, ends of servers, new states of nodes, and leases that a
 * second client gets.
 *
 * @param zeroMs where second 0 of the charts is, on the run's clock
 */
export function momentsOf({ scenario, faults, cases }: Result, zeroMs: number): Moment[] {
  return [
    ...stagesOf(scenario),
    ...conflictsOf(cases, zeroMs),
    ...(faults === undefined ? [] : [...endsOf(faults), ...statesOf(faults)]),
  ].sort((one, other) => one.atMs - other.atMs);
}

/**
 * When each stage but the first one was due, and when clients were to begin to renew their leases and to give them back. A
 * scenario of another version has none that could be read.
 */
function stagesOf({ effective }: Result['scenario']): Moment[] {
  const load = scenarioSchema.safeParse(effective).data?.load;
  const { stages = [], life } = load ?? {};
  let atMs = 0;
  const ofLife: Moment[] =
    load === undefined || life === undefined
      ? []
      : [
          {
            kind: 'stage',
            atMs: (plannedSeconds(load) - life.seconds) * 1_000,
            label: `${life.seconds} s of life: clients renew leases and give them back`,
          },
        ];
  const ofStages = stages.flatMap((stage, index): Moment[] => {
    const begins = atMs;
    atMs += stage.seconds * 1_000;
    return index === 0
      ? []
      : [{ kind: 'stage', atMs: begins, label: `stage ${index + 1}, ${stageText(stage)}` }];
  });
  return [...ofStages, ...ofLife];
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

/** The most moments of conflicts. A chart with more marks would show nothing else. */
const CONFLICTS_MARKED = 12;

/**
 * When a second client got a lease that another one held, by the first witnesses of each case. Moments that would stand too
 * close together are one.
 */
function conflictsOf(cases: Result['cases'], zeroMs: number): Moment[] {
  const found = cases
    .flatMap(({ witnesses }) => witnesses)
    .filter(({ kind }) => kind === 'held-concurrently' || kind === 'overlapping')
    .flatMap(({ lease, holders }) => {
      const [, second] = holders.flatMap(({ fromUs }) => fromUs ?? []).sort((one, other) => one - other);
      return second === undefined ? [] : [{ lease, atMs: second / 1_000 - zeroMs }];
    })
    .sort((one, other) => one.atMs - other.atMs);
  const [first, last] = [found[0]?.atMs ?? 0, found.at(-1)?.atMs ?? 0];
  const apart = (last - first) / CONFLICTS_MARKED;
  const together: (typeof found)[] = [];
  for (const one of found) {
    const group = together.at(-1);
    if (group?.[0] !== undefined && one.atMs - group[0].atMs <= apart) group.push(one);
    else together.push([one]);
  }
  return together.flatMap((group): Moment[] => {
    const [one] = group;
    if (one === undefined) return [];
    const others = group.length === 1 ? '' : ` and ${group.length - 1} more`;
    return [{ kind: 'conflict', atMs: one.atMs, label: `a second client gets ${one.lease}${others}` }];
  });
}
