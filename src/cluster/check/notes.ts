import type { NodeFacts } from './cluster-check.js';

/**
 * Notes on versions that differ between nodes. Such nodes work together as long as an upgrade lasts, but not for
 * good.
 */
export function versionNotes(nodes: readonly NodeFacts[]): string[] {
  return [
    ...differing('server versions', nodes, ({ version }) => version),
    ...differing('provider versions', nodes, ({ wsrepProvider }) => wsrepProvider),
    ...differing('kinds of server', nodes, ({ kind }) => kind),
  ];
}

function differing(what: string, nodes: readonly NodeFacts[], of: (node: NodeFacts) => string): string[] {
  if (new Set(nodes.map(of)).size < 2) return [];
  const each = nodes.map((node) => `${node.name} ${of(node) || 'none'}`).join(', ');
  return [`${what} differ: ${each}; that is allowed only during an upgrade`];
}

/**
 * A note on an even number of members. If such a cluster is split into halves, neither half has a majority, and both
 * stop.
 */
export function evenNotes(size: number): string[] {
  return size % 2 === 1
    ? []
    : [
        `a cluster of ${size} members may be split into two halves, and then both stop; add an arbitrator (garbd) or one more node to make the number odd`,
      ];
}

/** A note on nodes whose votes differ. A node that has half of the votes stops all others when it fails. */
export function voteNotes(nodes: readonly NodeFacts[]): string[] {
  const votes = nodes.flatMap(({ name, variables }) => {
    const [, weight] = /\bpc\.weight = (\d+)/.exec(variables['wsrep_provider_options'] ?? '') ?? [];
    return weight === undefined ? [] : [{ name, weight: Number(weight) }];
  });
  if (new Set(votes.map(({ weight }) => weight)).size < 2) return [];
  const all = votes.reduce((sum, { weight }) => sum + weight, 0);
  const heavy = votes.filter(({ weight }) => 2 * weight >= all).map(({ name }) => name);
  const each = votes.map(({ name, weight }) => `${name} ${weight}`).join(', ');
  const consequence =
    heavy.length === 0
      ? 'count them to know which nodes may fail together'
      : `where ${heavy.join(' or ')} fails, all others stop`;
  return [`votes of the nodes differ (pc.weight of wsrep_provider_options): ${each}; ${consequence}`];
}
