import { faultKind } from '../../faults/index.js';
import { momentText, plannedSeconds, sharesTarget, targetNames, targetOf } from '../fault-plan.js';
import { whyUnsupported } from '../fault-support.js';
import { traitsOf } from '../flavors.js';
import type { Finding } from '../language/problems.js';
import type { Fault, Moment } from '../schema/faults.js';
import { serversOf, type Scenario } from '../schema.js';
import { clientsOfCase } from '../stages.js';
import { findRandomContradictions } from './random-faults.js';
import { unknownTarget } from './unknown-target.js';

/** Faults that can't be done, or not to this system, or not during this load. */
export function findFaultContradictions(scenario: Scenario): Finding[] {
  const { faults = [], randomFaults, external } = scenario;
  if (faults.length === 0 && randomFaults === undefined) return [];
  if (external !== undefined) return [othersSystem(faults.length > 0 ? 'faults' : 'randomFaults')];
  return [
    ...faults.flatMap((fault, index) => [
      ...unknownTarget(scenario, fault.on, ['faults', index, 'on']),
      ...wrongKind(scenario, fault, index),
      ...undoneOrNot(fault, index),
      ...afterTheLoad(scenario, fault, index),
      ...besideAnother(scenario, fault, index),
      ...lastNode(scenario, fault, index),
    ]),
    ...findRandomContradictions(scenario),
  ];
}

function finding(
  index: number,
  key: keyof Fault,
  message: string,
  hint: string,
  related: Finding['related'] = [],
) {
  return [{ path: ['faults', index, key], related, at: 'value' as const, message, hint }];
}

function wrongKind(scenario: Scenario, { fault, on }: Fault, index: number): Finding[] {
  const why = whyUnsupported(fault, on, scenario);
  if (why === undefined) return [];
  return finding(index, 'fault', `faults.${index}: ${fault} ${why.message}`, why.hint, [
    why.isFlavor ? ['cluster', 'flavor'] : ['faults', index, 'on'],
  ]);
}

function othersSystem(key: 'faults' | 'randomFaults'): Finding {
  return {
    path: [key],
    related: [['external']],
    at: 'key',
    message: 'faults can only be done to what the harness starts itself, not to a system that others run',
    hint: 'take cluster.provider local or docker, or leave the faults out',
  };
}

/** Undefined for moments in different units. */
function isLater(one: Moment, other: Moment): boolean | undefined {
  if (typeof one === 'number') return typeof other === 'number' ? one > other : undefined;
  return typeof other === 'number' ? undefined : one.exchanges > other.exchanges;
}

/** A fault that does not end by itself is undone, and later than it is done. */
function undoneOrNot({ fault, at, undo }: Fault, index: number): Finding[] {
  const { undoing } = faultKind(fault);
  if (undoing === undefined)
    return undo === undefined
      ? []
      : finding(index, 'undo', `faults.${index}.undo: ${fault} ends by itself`, 'leave it out');
  if (undo === undefined)
    return [
      {
        path: ['faults', index],
        related: [],
        at: 'value',
        message: `faults.${index}: ${fault} needs undo, the moment at which it is undone`,
        hint: `for example ${typeof at === 'number' ? `undo: ${at + 10}` : `undo: { exchanges: ${at.exchanges * 2} }`}`,
      },
    ];
  const later = isLater(undo, at);
  if (later === true) return [];
  const message =
    later === undefined
      ? `faults.${index}: at is in ${unitOf(at)}, and undo in ${unitOf(undo)}`
      : `faults.${index}.undo is ${momentText(undo)}, which is not after the fault at ${momentText(at)}`;
  return finding(
    index,
    'undo',
    message,
    'give both in seconds, or both as { exchanges: N }, the undoing later',
    [['faults', index, 'at']],
  );
}

function unitOf(moment: Moment): string {
  return typeof moment === 'number' ? 'seconds' : 'exchanges';
}

function afterTheLoad(scenario: Scenario, fault: Fault, index: number): Finding[] {
  const { load, cases } = scenario;
  const seconds = plannedSeconds(load);
  const exchanges = cases.length * clientsOfCase(load, serversOf(scenario).length);
  return (['at', 'undo'] as const).flatMap((key) => {
    const moment = fault[key];
    if (moment === undefined) return [];
    const isAfter = typeof moment === 'number' ? moment >= seconds : moment.exchanges > exchanges;
    if (!isAfter) return [];
    const planned =
      typeof moment === 'number' ? `takes ${Number(seconds.toFixed(1))} s` : `has ${exchanges} exchanges`;
    return finding(
      index,
      key,
      `faults.${index}.${key} is ${momentText(moment)}, but the load ${planned}`,
      'choose an earlier moment, or more clients (load.clientsPerServer, load.life.seconds)',
      [['load'], ['cases'], ['servers']],
    );
  });
}

/** Two faults of one target must not overlap: the undoing of one would undo the other. */
function besideAnother(scenario: Scenario, fault: Fault, index: number): Finding[] {
  const { faults = [] } = scenario;
  const other = faults.findIndex(
    (one, number) => number < index && sharesTarget(one, fault, scenario) && overlap(one, fault),
  );
  if (other < 0) return [];
  return finding(
    index,
    'at',
    `faults.${index} (${fault.fault} of ${fault.on}) may begin before faults.${other} (${String(faults[other]?.fault)} of ${String(faults[other]?.on)}) is undone`,
    'let one end before the next begins, with moments in the same unit',
    [['faults', other]],
  );
}

/** Nobody knows in advance when a fault is over that ends by itself. */
function overlap(one: Fault, other: Fault): boolean {
  const isOver = ({ undo }: Fault, at: Moment): boolean => undo !== undefined && isLater(at, undo) === true;
  return !isOver(other, one.at) && !isOver(one, other.at);
}

/**
 * A cluster whose nodes have all ended does not come back by starting them: one of them must begin a new cluster.
 */
function lastNode(scenario: Scenario, fault: Fault, index: number): Finding[] {
  const { faults = [], cluster } = scenario;
  if (!traitsOf(cluster.flavor).usesWsrep || !endsOneNode(fault)) return [];
  const together = faults.filter((one) => endsOneNode(one) && overlap(one, fault));
  const down = new Set(together.flatMap(({ on }) => targetNames(on, scenario)));
  const isFirst = faults.indexOf(together[0] ?? fault) === index;
  if (down.size < cluster.nodes || !isFirst) return [];
  return finding(
    index,
    'on',
    `faults.${index}: ${[...down].join(', ')} may be down at the same time, and no node of the cluster is left`,
    'leave a node running, let one come back before the next ends, or take the fault all-down',
    [['cluster', 'nodes']],
  );
}

function endsOneNode({ fault, on }: Fault): boolean {
  return targetOf(on).kind === 'node' && faultKind(fault).needs.includes('start');
}
