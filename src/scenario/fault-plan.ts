import type { TargetKind } from '../faults/fault.js';
import type { CaseKind } from '../protocol/cases.js';
import type { Fault, Moment } from './schema/faults.js';
import type { Scenario } from './schema.js';
import { clientsOfServer } from './stages.js';

/** What a fault is done to: one node, or one server of one case or of all cases. */
export interface FaultTarget {
  kind: TargetKind;
  /** From 1. */
  number: number;
  /** The case of the server; undefined for that server of all cases, and for a node. */
  case: CaseKind | undefined;
}

/** @param on `node-2`, `server-1` or `dhcp4 server-1`, as the schema allows */
export function targetOf(on: Fault['on']): FaultTarget {
  const [, kind = '', , dashed = '', number = ''] = /^((.+) )?(node|server)-(\d+)$/.exec(on) ?? [];
  return {
    kind: dashed === 'node' ? 'node' : 'server',
    number: Number(number),
    case: kind === '' ? undefined : (kind.trim() as CaseKind),
  };
}

/** The names of the nodes or servers that a fault is done to, as reports name them. */
export function targetNames(on: Fault['on'], cases: readonly CaseKind[]): string[] {
  const { kind, number, case: of } = targetOf(on);
  if (kind === 'node') return [on];
  return (of === undefined ? cases : [of]).map((name) => `${name} server-${number}`);
}

/** Whether both faults may be done to the same node or server. */
export function sharesTarget(one: Fault, other: Fault, cases: readonly CaseKind[]): boolean {
  const names = targetNames(one.on, cases);
  return targetNames(other.on, cases).some((name) => names.includes(name));
}

/** A moment in words: `4 s`, `200 exchanges`. */
export function momentText(moment: Moment): string {
  return typeof moment === 'number' ? `${moment} s` : `${moment.exchanges} exchanges`;
}

/** How long the load takes as planned, seconds: from the first start to the last, and what clients do afterwards. */
export function plannedSeconds({ stages, life, arrival, ...load }: Scenario['load']): number {
  const starting =
    stages?.reduce((sum, { seconds }) => sum + seconds, 0) ??
    (arrival === 'avalanche' ? 0 : clientsOfServer(load) / load.ratePerServer);
  return starting + (life?.seconds ?? 0);
}
