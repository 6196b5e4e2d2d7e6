import { endsByItself } from '../faults/index.js';
import type { TargetKind } from '../faults/fault.js';
import type { CaseKind } from '../protocol/cases.js';
import type { Fault, Machines, Moment } from './schema/faults.js';
import { serversOf, type Scenario } from './schema.js';
import { clientsOfServer } from './stages.js';

/** What a fault is done to: one node, one server of one case or of all cases, or all nodes or servers. */
export interface FaultTarget {
  kind: TargetKind;
  /** From 1; undefined for all of them. */
  number: number | undefined;
  /** The case of the servers; undefined for those of all cases, and for nodes. */
  case: CaseKind | undefined;
}

/** @param on `node-2`, `server-1`, `dhcp4 server-1`, `nodes` or `dhcp4 servers`, as the schema allows */
export function targetOf(on: string): FaultTarget {
  const [, of, kind = 'node', number] = /^(?:(.+) )?([a-z]+)(?:-(\d+))?$/.exec(on) ?? [];
  return {
    kind: kind as TargetKind,
    number: number === undefined ? undefined : Number(number),
    case: of as CaseKind | undefined,
  };
}

/** The parts of a scenario that say which nodes and servers there are. */
export type FaultySystem = Pick<Scenario, 'cases' | 'cluster' | 'servers' | 'external' | 'kea'>;

/** How many nodes, or servers of each case, there are. */
export function countOf(kind: TargetKind, system: FaultySystem): number {
  return isOfNodes(kind) ? system.cluster.nodes : serversOf(system).length;
}

export function isOfNodes(kind: TargetKind): boolean {
  return kind === 'node' || kind === 'nodes';
}

/** What a fault is done to, in the words of the scenario: `node-2`, or `node-1, node-2 | node-3` for a fault of links. */
export function onText({ on, groups, between, from, to, percent, ms }: Fault): string {
  if (on !== undefined) return on;
  const [these, those] = between ?? [];
  const links =
    groups?.map(listed).join(' | ') ??
    (these === undefined || those === undefined
      ? `${listed(from ?? [])} → ${listed(to ?? [])}`
      : `${listed(these)} ↔ ${listed(those)}`);
  const numbers = [percent === undefined ? [] : `${percent}%`, ms === undefined ? [] : `${ms} ms`].flat();
  return numbers.length === 0 ? links : `${links} (${numbers.join(', ')})`;
}

function listed(names: Machines): string {
  return [names].flat().join(', ');
}

/** The names of the nodes or servers that a fault is done to, as reports name them. */
export function targetNames(on: string, system: FaultySystem): string[] {
  const { kind, number, case: of } = targetOf(on);
  const numbers =
    number === undefined ? Array.from({ length: countOf(kind, system) }, (_, index) => index + 1) : [number];
  if (isOfNodes(kind)) return numbers.map((one) => `node-${one}`);
  const cases = of === undefined ? system.cases : [of];
  return numbers.flatMap((one) => cases.map((name) => `${name} server-${one}`));
}

/**
 * Whether both faults may be done to the same node or server. Faults of links are done to none, but with nodes that leave
 * and come back one after the other nobody could tell which left by the cut.
 */
export function sharesTarget(first: Fault, second: Fault, system: FaultySystem): boolean {
  const [one, other] = [first.on, second.on];
  if (one === undefined) return other === 'nodes' && endsByItself(second);
  if (other === undefined) return one === 'nodes' && endsByItself(first);
  const names = targetNames(one, system);
  return targetNames(other, system).some((name) => names.includes(name));
}

/** A moment in words: `4 s`, `1 exchange`, `200 exchanges`. */
export function momentText(moment: Moment): string {
  return typeof moment === 'number' ? `${moment} s` : exchangesText(moment.exchanges);
}

export function exchangesText(count: number): string {
  return `${count} exchange${count === 1 ? '' : 's'}`;
}

/** How long the load takes as planned, seconds: from the first start to the last, and what clients do afterwards. */
export function plannedSeconds({ stages, life, arrival, ...load }: Scenario['load']): number {
  const starting =
    stages?.reduce((sum, { seconds }) => sum + seconds, 0) ??
    (arrival === 'avalanche' ? 0 : clientsOfServer(load) / load.ratePerServer);
  return starting + (life?.seconds ?? 0);
}
