import { isNode, parseDocument, visit, type Node } from 'yaml';

/** The place of a value in Kea's configuration: keys, and the indexes of lists as numbers. */
export type ConfigurationPath = readonly (string | number)[];

/**
 * The path of what stands at a line and column of a configuration, both from 1; that of the innermost value or key.
 * Kea names such places in its messages, after a colon or a point: `FILE:12:5`, `FILE:12.5-9`.
 *
 * @param text JSON, which is YAML as well
 */
export function pathAt(text: string, line: number, column: number): ConfigurationPath {
  const offset =
    text
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, one) => sum + one.length + 1, 0) +
    column -
    1;
  let found: ConfigurationPath = [];
  visit(parseDocument(text), {
    Pair(_, { key, value }, ancestors) {
      const nodes = [key, value].filter((one): one is Node => isNode(one));
      const from = nodes[0]?.range?.[0] ?? Infinity;
      const to = nodes.at(-1)?.range?.[1] ?? -Infinity;
      if (offset < from || offset >= to) return visit.SKIP;
      found = pathTo([...ancestors, { key }]);
      return undefined;
    },
  });
  return found;
}

/** The keys and indexes of nodes that contain each other. */
function pathTo(nodes: readonly unknown[]): ConfigurationPath {
  const path: (string | number)[] = [];
  for (const [depth, node] of nodes.entries()) {
    if (hasKey(node)) path.push(String(node.key));
    else if (hasItems(node)) {
      const index = node.items.indexOf(nodes[depth + 1]);
      // The items of a mapping are its pairs, which have their keys.
      if (index >= 0 && !hasKey(nodes[depth + 1])) path.push(index);
    }
  }
  return path;
}

function hasKey(node: unknown): node is { key: unknown } {
  return typeof node === 'object' && node !== null && 'key' in node;
}

function hasItems(node: unknown): node is { items: unknown[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
}
