import { faultKind } from '../faults/index.js';
import { pairsOf, type LinkRule, type LinksOf } from '../faults/links.js';
import { isOfNodes, targetNames, targetOf, type FaultySystem } from './fault-plan.js';
import { MACHINES_BESIDE, type Fault, type Machines } from './schema/faults.js';
import { serversOf } from './schema.js';

/** A fault of links with the names that reports use: `node-1`, `dhcp4 server-2`, `clients`. */
export function linksOf({ groups, between, from, to }: Fault, system: FaultySystem): LinksOf {
  const names = (machines: Machines): string[] =>
    [machines].flat().flatMap((one) => (isBeside(one) ? [one] : targetNames(one, system)));
  return {
    ...(groups && { groups: groups.map(names) }),
    ...(between && { between: [names(between[0]), names(between[1])] as const }),
    ...(from && { from: names(from) }),
    ...(to && { to: names(to) }),
  };
}

/** Whether a name stands for a machine that is neither a node nor a server. */
export function isBeside(name: string): name is (typeof MACHINES_BESIDE)[number] {
  return MACHINES_BESIDE.some((one) => one === name);
}

/** What a fault of links does, for each direction. */
export function linkRulesOf(fault: Fault, system: FaultySystem): LinkRule[] {
  const effect = faultKind(fault.fault).effectOf?.(fault) ?? {};
  return pairsOf(linksOf(fault, system))
    .filter(([from, to]) => speaksWith(from, to, system) || speaksWith(to, from, system))
    .map(([from, to]) => ({ from, to, effect }));
}

/**
 * Whether messages pass between two machines, which are asked about in both orders. A server speaks with the proxy, or
 * with the node that it is pinned to.
 */
function speaksWith(one: string, other: string, system: FaultySystem): boolean {
  const kind = kindOf(other);
  switch (kindOf(one)) {
    case 'node':
      return kind === 'node' || kind === 'haproxy';
    case 'server':
      if (kind === 'node') return system.kea.proxy === undefined && nodeOfServer(one, system) === other;
      return kind === 'clients' || kind === 'haproxy';
    case 'haproxy':
    case 'clients':
      return false;
  }
}

type MachineKind = 'node' | 'server' | (typeof MACHINES_BESIDE)[number];

function kindOf(machine: string): MachineKind {
  if (isBeside(machine)) return machine;
  return isOfNodes(targetOf(machine).kind) ? 'node' : 'server';
}

/**
 * The nodes and servers that a fault of links takes away from the others. Of nodes that are cut apart, these are all but
 * those of the component that has the majority; where all still hear each other by way of others, those that lack a link.
 * A node is away too if it lacks the proxy, and a server if it lacks its node, the proxy, or its clients. Links that only lose messages concern all that they join.
 */
export function awayIn(rules: readonly LinkRule[], system: FaultySystem): string[] {
  const named = [...new Set(rules.flatMap(({ from, to }) => [from, to]))].filter((one) => !isBeside(one));
  if (rules.some(({ effect }) => effect.losePercent !== 100)) return named.sort();
  const isCut = (one: string, other: string): boolean =>
    rules.some(({ from, to }) => (from === one && to === other) || (from === other && to === one));
  const nodes = targetNames('nodes', system);
  const [largest = []] = components(nodes, isCut).sort((one, other) => other.length - one.length);
  const lacking = nodes.filter((node) => nodes.some((other) => isCut(node, other)));
  const away =
    largest.length === nodes.length
      ? lacking
      : nodes.filter((node) => 2 * largest.length <= nodes.length || !largest.includes(node));
  const cutFrom = (name: string): boolean =>
    (kindOf(name) === 'node' ? ['haproxy'] : [nodeOfServer(name, system), ...MACHINES_BESIDE]).some((other) =>
      isCut(name, other),
    );
  return [...new Set([...away, ...named.filter(cutFrom)])];
}

/** The node that a server is pinned to, as the scenario says. */
function nodeOfServer(name: string, system: FaultySystem): string {
  return `node-${serversOf(system)[(targetOf(name).number ?? 1) - 1]?.node ?? 1}`;
}

/** The sets of nodes that hear each other, if need be by way of others. */
function components(nodes: readonly string[], isCut: (one: string, other: string) => boolean): string[][] {
  const found: string[][] = [];
  const left = new Set(nodes);
  for (const start of nodes) {
    if (!left.delete(start)) continue;
    const component = [start];
    for (const one of component)
      for (const other of left) if (!isCut(one, other) && left.delete(other)) component.push(other);
    found.push(component);
  }
  return found;
}
