import { faultKind } from '../../faults/index.js';
import { momentText, plannedSeconds, sharesTarget, targetOf } from '../fault-plan.js';
import { traitsOf } from '../flavors.js';
import type { Finding } from '../language/problems.js';
import type { Fault, Moment } from '../schema/faults.js';
import { serversOf, type Scenario } from '../schema.js';
import { clientsOfCase } from '../stages.js';

/** Faults that can't be done, or not to this system, or not during this load. */
export function findFaultContradictions(scenario: Scenario): Finding[] {
  const { faults, cluster } = scenario;
  if (faults === undefined) return [];
  if (cluster.provider !== 'local') return [otherProvider(cluster.provider)];
  return faults.flatMap((fault, index) => [
    ...unknownTarget(scenario, fault, index),
    ...wrongKind(scenario, fault, index),
    ...undoneTooSoon(fault, index),
    ...afterTheLoad(scenario, fault, index),
    ...besideAnother(scenario, fault, index),
    ...lastNode(scenario, fault, index),
  ]);
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

function unknownTarget(scenario: Scenario, { on }: Fault, index: number): Finding[] {
  const { kind, number, case: of } = targetOf(on);
  const path = `faults.${index}.on`;
  if (of !== undefined && !scenario.cases.includes(of))
    return finding(
      index,
      'on',
      `${path} names a server of ${of}, which is not among the cases`,
      'add the case to cases',
      [['cases']],
    );
  const most = kind === 'node' ? scenario.cluster.nodes : serversOf(scenario).length;
  if (number <= most) return [];
  const related = kind === 'node' ? [['cluster', 'nodes']] : [['servers']];
  return finding(
    index,
    'on',
    `${path} is ${on}, but there are ${most} ${kind}s`,
    `name one from ${kind}-1 to ${kind}-${most}`,
    related,
  );
}

function wrongKind({ cluster: { flavor } }: Scenario, { fault, on }: Fault, index: number): Finding[] {
  const { of, needs } = faultKind(fault);
  const { kind } = targetOf(on);
  if (!of.includes(kind))
    return finding(
      index,
      'fault',
      `faults.${index}: ${fault} is done to a ${of.join(' or a ')}, not to a ${kind}`,
      'name another target or another fault',
      [['faults', index, 'on']],
    );
  if (kind === 'node' && needs.includes('start') && traitsOf(flavor).startsNodesOnce === true)
    return finding(
      index,
      'fault',
      `faults.${index}: ${fault} needs a node that can be started again, not one of the flavor ${flavor}`,
      'freeze the node, or take another cluster.flavor',
      [['cluster', 'flavor']],
    );
  if (needs.includes('isolate') && !traitsOf(flavor).usesWsrep)
    return finding(
      index,
      'fault',
      `faults.${index}: ${fault} needs nodes with write-set replication, not the flavor ${flavor}`,
      'take cluster.flavor galera or percona',
      [['cluster', 'flavor']],
    );
  return [];
}

function otherProvider(provider: string): Finding {
  return {
    path: ['faults'],
    related: [['cluster', 'provider']],
    at: 'key',
    message: `faults can only be done to what the harness starts as processes of this machine, not with provider ${provider}`,
    hint: 'take cluster.provider local',
  };
}

/** Undefined for moments in different units. */
function isLater(one: Moment, other: Moment): boolean | undefined {
  if (typeof one === 'number') return typeof other === 'number' ? one > other : undefined;
  return typeof other === 'number' ? undefined : one.exchanges > other.exchanges;
}

function undoneTooSoon({ at, undo }: Fault, index: number): Finding[] {
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
function besideAnother({ faults = [], cases }: Scenario, fault: Fault, index: number): Finding[] {
  const other = faults.findIndex(
    (one, number) => number < index && sharesTarget(one, fault, cases) && overlap(one, fault),
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

function overlap(one: Fault, other: Fault): boolean {
  return isLater(one.at, other.undo) !== true && isLater(other.at, one.undo) !== true;
}

/**
 * A cluster whose nodes have all ended does not come back by starting them: one of them must begin a new cluster.
 */
function lastNode(
  { faults = [], cluster: { flavor, nodes } }: Scenario,
  fault: Fault,
  index: number,
): Finding[] {
  if (!traitsOf(flavor).usesWsrep || !endsNode(fault)) return [];
  const together = faults.filter((one) => endsNode(one) && overlap(one, fault));
  const down = new Set(together.map(({ on }) => on));
  const isFirst = faults.indexOf(together[0] ?? fault) === index;
  if (down.size < nodes || !isFirst) return [];
  return finding(
    index,
    'on',
    `faults.${index}: ${[...down].join(', ')} may be down at the same time, and no node of the cluster is left`,
    'leave a node running, or let one come back before the next ends',
    [['cluster', 'nodes']],
  );
}

function endsNode({ fault, on }: Fault): boolean {
  return targetOf(on).kind === 'node' && faultKind(fault).needs.includes('start');
}
