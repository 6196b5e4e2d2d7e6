import { endsByItself, faultKind } from '../../faults/index.js';
import { onText, sharesTarget, targetNames, targetOf } from '../fault-plan.js';
import { traitsOf } from '../flavors.js';
import type { Finding } from '../language/problems.js';
import type { Fault, Moment } from '../schema/faults.js';
import type { Scenario } from '../schema.js';
import { faultFinding } from './fault-finding.js';
import { isLater, unitOf } from './fault-moments.js';

/** Two faults of one target must not overlap: the undoing of one would undo the other. */
export function besideAnother(scenario: Scenario, fault: Fault, index: number): Finding[] {
  const { faults = [] } = scenario;
  const at = faults.findIndex(
    (one, number) => number < index && sharesTarget(one, fault, scenario) && overlap(one, fault),
  );
  const other = faults[at];
  if (other === undefined) return [];
  return faultFinding(
    index,
    'at',
    `faults.${index} (${fault.fault} of ${onText(fault)}) may begin before faults.${at} (${other.fault} of ${onText(other)}) is ${endsByItself(other) ? 'over' : 'undone'}`,
    howToPart(other, fault),
    [['faults', at]],
  );
}

/** What to do about two faults that may overlap. */
function howToPart(one: Fault, other: Fault): string {
  const [alone, second] = [one, other].filter(endsByItself);
  if (second !== undefined) return 'a target can have one fault that ends by itself, as its last';
  const units = [one.at, one.undo ?? one.at, other.at, other.undo ?? other.at].map(unitOf);
  const order =
    new Set(units).size === 1
      ? []
      : [
          'nobody knows whether a count of exchanges comes before a second, so give all moments in the same unit',
        ];
  return [
    ...order,
    alone === undefined
      ? 'let one end before the next begins'
      : `nobody knows when ${alone.fault} is over, as it ends by itself: let it be the last fault of its targets`,
  ].join('; ');
}

/** Nobody knows in advance when a fault is over that ends by itself. */
function overlap(one: Fault, other: Fault): boolean {
  const isOver = ({ undo }: Fault, at: Moment): boolean => undo !== undefined && isLater(at, undo) === true;
  return !isOver(other, one.at) && !isOver(one, other.at);
}

/**
 * A cluster whose nodes have all ended does not come back by starting them: one of them must begin a new cluster.
 */
export function lastNode(scenario: Scenario, fault: Fault, index: number): Finding[] {
  const { faults = [], cluster } = scenario;
  if (!traitsOf(cluster.flavor).usesWsrep || !endsOneNode(fault)) return [];
  const together = faults.filter((one) => endsOneNode(one) && overlap(one, fault));
  const down = new Set(together.flatMap(({ on = '' }) => targetNames(on, scenario)));
  const isFirst = faults.indexOf(together[0] ?? fault) === index;
  if (down.size < cluster.nodes || !isFirst) return [];
  if (cluster.nodes === 1)
    return faultFinding(
      index,
      'on',
      `faults.${index}: ${onText(fault)} is the only node, and no node of the cluster is left`,
      'take more cluster.nodes, or the fault all-down',
      [['cluster', 'nodes']],
    );
  return faultFinding(
    index,
    'on',
    `faults.${index}: ${[...down].join(', ')} may be down at the same time, and no node of the cluster is left`,
    'leave a node running, let one come back before the next ends, or take the fault all-down',
    [['cluster', 'nodes']],
  );
}

function endsOneNode({ fault, on }: Fault): boolean {
  return on !== undefined && targetOf(on).kind === 'node' && faultKind(fault).needs.includes('start');
}
