import { faultKind } from '../../faults/index.js';
import { exchangesText, momentText, plannedSeconds } from '../fault-plan.js';
import type { Finding } from '../language/problems.js';
import type { Fault, Moment } from '../schema/faults.js';
import { serversOf, type Scenario } from '../schema.js';
import { clientsOfCase } from '../stages.js';
import { faultFinding } from './fault-finding.js';

/** Undefined for moments in different units. */
export function isLater(one: Moment, other: Moment): boolean | undefined {
  if (typeof one === 'number') return typeof other === 'number' ? one > other : undefined;
  return typeof other === 'number' ? undefined : one.exchanges > other.exchanges;
}

/** A fault that does not end by itself is undone, and later than it is done. */
export function undoneOrNot({ fault, at, undo }: Fault, index: number): Finding[] {
  const { undoing } = faultKind(fault);
  if (undoing === undefined)
    return undo === undefined
      ? []
      : faultFinding(index, 'undo', `faults.${index}.undo: ${fault} ends by itself`, 'leave it out');
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
  return faultFinding(
    index,
    'undo',
    message,
    'give both in seconds, or both as { exchanges: N }, the undoing later',
    [['faults', index, 'at']],
  );
}

export function unitOf(moment: Moment): 'seconds' | 'exchanges' {
  return typeof moment === 'number' ? 'seconds' : 'exchanges';
}

/** A moment that the load never comes to. */
export function afterTheLoad(scenario: Scenario, fault: Fault, index: number): Finding[] {
  const { load, cases } = scenario;
  const seconds = plannedSeconds(load);
  const exchanges = cases.length * clientsOfCase(load, serversOf(scenario).length);
  return (['at', 'undo'] as const).flatMap((key) => {
    const moment = fault[key];
    if (moment === undefined) return [];
    const isAfter = typeof moment === 'number' ? moment >= seconds : moment.exchanges > exchanges;
    if (!isAfter) return [];
    const planned =
      typeof moment === 'number'
        ? `takes ${Number(seconds.toFixed(1))} s`
        : `has ${exchangesText(exchanges)}`;
    return faultFinding(
      index,
      key,
      `faults.${index}.${key} is ${momentText(moment)}, but the load ${planned}`,
      typeof moment === 'number' ? sooner(load) : fewer(load),
      [['load'], ['cases'], ['servers']],
    );
  });
}

function sooner(load: Scenario['load']): string {
  const within = withinLoad(load, 'an earlier moment');
  return plannedSeconds(load) === 0 ? `give the moment as { exchanges: N }: ${within}` : within;
}

/** A client begins one first exchange, however long it lives. */
function fewer({ stages }: Scenario['load']): string {
  const clients =
    stages === undefined ? 'more clients (load.clientsPerServer)' : 'longer stages (load.stages)';
  return `choose a smaller count, or ${clients}`;
}

/** What to do about seconds that lie after the load. `earlier` says what to choose, such as `an earlier moment`. */
export function withinLoad(load: Scenario['load'], earlier: string): string {
  if (plannedSeconds(load) === 0) return 'all clients start at once; they may live on (load.life.seconds)';
  const longer =
    load.stages !== undefined
      ? 'longer stages (load.stages, load.life.seconds)'
      : load.arrival === 'avalanche'
        ? 'a longer life of the clients (load.life.seconds)'
        : 'more clients (load.clientsPerServer, load.life.seconds)';
  return `choose ${earlier}, or ${longer}`;
}
