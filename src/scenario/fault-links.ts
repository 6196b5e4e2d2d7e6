import { faultKind } from '../faults/index.js';
import { CLIENTS, isInRelay, pairsOf, type Lacking, type LinkRule, type LinksOf } from '../faults/links.js';
import { isOfNodes, targetNames, targetOf, type FaultySystem } from './fault-plan.js';
import { traitsOf } from './flavors.js';
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

/** Whether a fault delays messages that the harness does not pass on itself. */
export function delaysMachines(scenario: FaultySystem & { faults?: readonly Fault[] | undefined }): boolean {
  return (scenario.faults ?? []).some((fault) =>
    linkRulesOf(fault, scenario).some((rule) => !isInRelay(rule) && (rule.effect.ms ?? 0) > 0),
  );
}

/**
 * Whether messages pass between two machines, which are asked about in both orders. A server speaks with the proxy, or
 * with the node that it is pinned to.
 */
function speaksWith(one: string, other: string, system: FaultySystem): boolean {
  const kind = kindOf(other);
  switch (kindOf(one)) {
    case 'node':
      return kind === 'node' ? traitsOf(system.cluster.flavor).sharesLeases : kind === 'haproxy';
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
 * Who lacks whom under these rules.
 *
 * Of nodes that are cut apart, all lack others but those of the component that has the majority; where all still hear each
 * other by way of others, those that lack a link. A node that the proxy does not hear counts as well. Both ends of a link
 * that only loses messages lack each other.
 */
export function lackingIn(rules: readonly LinkRule[], system: FaultySystem): Lacking {
  const cuts = rules.filter(({ effect }) => effect.losePercent === 100);
  const isIn = (some: readonly LinkRule[], one: string, other: string): boolean =>
    some.some(({ from, to }) => (from === one && to === other) || (from === other && to === one));
  const isCut = (one: string, other: string): boolean => isIn(cuts, one, other);
  const nodes = targetNames('nodes', system);
  const weak = rules.filter((rule) => !cuts.includes(rule));
  const [largest = []] = components(nodes, isCut).sort((one, other) => other.length - one.length);
  const isWhole = largest.length === nodes.length;
  const lacksPeers = (node: string): boolean =>
    [...nodes, 'haproxy'].some((other) => isIn(weak, node, other)) ||
    isCut(node, 'haproxy') ||
    (isWhole
      ? nodes.some((other) => isCut(node, other))
      : 2 * largest.length <= nodes.length || !largest.includes(node));
  const servers = targetNames('servers', system);
  return {
    nodes: nodes.filter(lacksPeers),
    database: servers.filter((server) =>
      [nodeOfServer(server, system), 'haproxy'].some((other) => isIn(rules, server, other)),
    ),
    clients: servers.filter((server) => isIn(rules, server, CLIENTS)),
  };
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
