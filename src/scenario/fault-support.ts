import type { Ability } from '../faults/abilities.js';
import type { TargetKind } from '../faults/fault.js';
import { FAULT_NAMES, faultKind, type FaultName } from '../faults/index.js';
import { countOf, targetOf, type FaultySystem } from './fault-plan.js';
import { traitsOf } from './flavors.js';
import type { RandomFaults, TargetFault } from './schema/faults.js';

/** Why a fault can't be done to a target, and what to do about it. */
export interface Unsupported {
  /** After the name of the fault: `kill needs …`. */
  message: string;
  hint: string;
  /** The key of the cluster that is to blame; undefined if it is the target. */
  because?: 'flavor' | 'nodes';
}

/** @returns undefined where the fault can be done */
export function whyUnsupported(
  fault: FaultName,
  on: string,
  { cluster: { flavor, nodes } }: FaultySystem,
): Unsupported | undefined {
  const { of, needs } = faultKind(fault);
  const { kind } = targetOf(on);
  if (!of.includes(kind))
    return {
      message: `is done to ${of.map((one) => IN_WORDS[one]).join(' or ')}, not to ${IN_WORDS[kind]}`,
      hint: 'name another target or another fault',
    };
  const { startsNodesOnce, usesWsrep } = traitsOf(flavor);
  if (kind !== 'node' && kind !== 'nodes') return undefined;
  if (needs.includes('start') && startsNodesOnce === true)
    return {
      message: `needs a node that can be started again, not one of the flavor ${flavor}`,
      hint: 'freeze the node, or take another cluster.flavor',
      because: 'flavor',
    };
  if (!usesWsrep && needs.some((ability) => NEEDS_WSREP.has(ability)))
    return {
      message: `needs nodes with write-set replication, not the flavor ${flavor}`,
      hint: 'take cluster.flavor galera or percona',
      because: 'flavor',
    };
  if (nodes === 1 && needs.includes('isolate'))
    return {
      message: 'needs another node, from which it cuts the node off, but there is one',
      hint: 'take more cluster.nodes, or another fault',
      because: 'nodes',
    };
  return undefined;
}

const IN_WORDS: Readonly<Record<TargetKind, string>> = {
  node: 'a node',
  server: 'a server',
  nodes: 'all nodes (on: nodes)',
  servers: 'all servers (on: servers)',
  links: 'the links between machines (groups, between, or from and to)',
};

/** Without write-set replication nobody gives a node the data that it lacks. */
const NEEDS_WSREP: ReadonlySet<Ability> = new Set(['isolate', 'recover', 'wipe']);

/** Each kind and target among which random faults are drawn. */
export function candidatesOf(
  { faults = FAULT_NAMES.filter(canBeDrawn), on }: RandomFaults,
  system: FaultySystem,
): Pick<TargetFault, 'fault' | 'on'>[] {
  const targets = on ?? [...allOf('node', system), ...allOf('server', system)];
  return faults.flatMap((fault) =>
    targets
      .filter((target) => whyUnsupported(fault, target, system) === undefined)
      .map((target) => ({ fault, on: target })),
  );
}

/** A random fault is done to one node or server, and undone. */
export function canBeDrawn(fault: FaultName): boolean {
  const { of, undoing } = faultKind(fault);
  return undoing !== undefined && of.some((kind) => kind === 'node' || kind === 'server');
}

function allOf(kind: 'node' | 'server', system: FaultySystem): string[] {
  return Array.from({ length: countOf(kind, system) }, (_, index) => `${kind}-${index + 1}`);
}
