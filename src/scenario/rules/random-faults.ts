import { onText, plannedSeconds, targetOf } from '../fault-plan.js';
import { canBeDrawn, candidatesOf } from '../fault-support.js';
import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';
import type { Fault, RandomFaults } from '../schema/faults.js';
import type { Scenario } from '../schema.js';
import { withinLoad } from './fault-moments.js';
import { unknownTarget } from './unknown-target.js';

/** Random faults that can't be drawn, or not within their span or this load. */
export function findRandomContradictions(scenario: Scenario): Finding[] {
  const { randomFaults: random, faults = [] } = scenario;
  if (random === undefined) return [];
  return [
    ...(random.on ?? []).flatMap((on, index) => unknownTarget(scenario, on, ['randomFaults', 'on', index])),
    ...neverDrawn(random),
    ...allAtOnce(random),
    ...noCandidate(scenario, random),
    ...noRoom(random),
    ...afterTheLoad(scenario, random),
    ...besideStated(random, faults),
  ];
}

function finding(
  key: keyof RandomFaults,
  message: string,
  hint: string,
  related: readonly Path[] = [],
): Finding[] {
  return [
    { path: ['randomFaults', key], related, at: 'value', message: `randomFaults.${key}: ${message}`, hint },
  ];
}

function neverDrawn({ faults = [] }: RandomFaults): Finding[] {
  const never = faults.filter((fault) => !canBeDrawn(fault));
  if (never.length === 0) return [];
  return finding(
    'faults',
    `${never.join(', ')} is not done to one node or server`,
    'state it under faults, with its moment',
  );
}

/** A target that is never drawn, as it is all nodes or servers. */
function allAtOnce({ on = [] }: RandomFaults): Finding[] {
  return on.flatMap((target, index) => {
    const { kind } = targetOf(target);
    if (kind === 'node' || kind === 'server') return [];
    const one = kind === 'nodes' ? 'node' : 'server';
    return [
      {
        path: ['randomFaults', 'on', index],
        related: [],
        at: 'value' as const,
        message: `randomFaults.on.${index}: a random fault is done to one ${one}, not to ${target}`,
        hint: `name single nodes and servers, such as ${target.replace(kind, one)}-1`,
      },
    ];
  });
}

function noCandidate(scenario: Scenario, random: RandomFaults): Finding[] {
  if (candidatesOf(random, scenario).length > 0 || neverDrawn(random).length > 0) return [];
  if (allAtOnce(random).length > 0) return [];
  return finding(
    random.faults === undefined ? 'on' : 'faults',
    'none of the faults can be done to any of the targets',
    'name other faults or targets, or take another cluster.flavor',
    [
      ['randomFaults', 'on'],
      ['cluster', 'flavor'],
    ],
  );
}

/** One fault comes after the other, so all of them must fit into the span. */
function noRoom({ count, between: [from, until], lasting: [shortest, longest] }: RandomFaults): Finding[] {
  if (until <= from)
    return finding('between', `${until} s is not after ${from} s`, 'state the beginning first, then the end');
  if (longest < shortest)
    return finding('lasting', `${longest} s is less than ${shortest} s`, 'state the shortest time first');
  if (longest === 0) return finding('lasting', 'no fault lasts any time', 'state seconds, such as [1, 4]');
  const needed = count * longest;
  if (needed <= until - from) return [];
  return finding(
    'count',
    `${count} faults of up to ${longest} s need ${needed} s, but the span has ${until - from} s`,
    'state fewer or shorter faults, or a longer span',
    [
      ['randomFaults', 'between'],
      ['randomFaults', 'lasting'],
    ],
  );
}

function afterTheLoad({ load }: Scenario, { between: [, until] }: RandomFaults): Finding[] {
  const seconds = plannedSeconds(load);
  if (until < seconds) return [];
  return finding(
    'between',
    `it ends at ${until} s, but the load takes ${Number(seconds.toFixed(1))} s`,
    withinLoad(load, 'an earlier end'),
    [['load']],
  );
}

/** A drawn fault might be done to the target of a stated one, or end the last node. */
function besideStated({ between: [from, until] }: RandomFaults, faults: readonly Fault[]): Finding[] {
  const isApart = ({ at, undo }: Fault): boolean =>
    typeof at === 'number' && (at > until || (typeof undo === 'number' && undo < from));
  const beside = faults.findIndex((one) => !isApart(one));
  if (beside < 0) return [];
  return finding(
    'between',
    `faults.${beside} (${nameOf(faults[beside])}) may come at the same time`,
    'let the stated faults end before the span, or begin after it, in seconds',
    [['faults', beside]],
  );
}

function nameOf(fault: Fault | undefined): string {
  return fault === undefined ? '' : `${fault.fault} of ${onText(fault)}`;
}
