/** What `cluster check` found, in sentences for a screen and a page. */
import type { ClusterCheck, ClusterCheckResult, SettingAdvice } from '../../cluster/check/cluster-check.js';
import type { Advice } from '../../kea/advice/advice.js';
import { plural } from './numbers.js';

/** The checks that have a column in the table of nodes, with the heads of these columns. */
export const NODE_COLUMNS = [
  { name: 'state', head: 'state' },
  { name: 'synced', head: 'synced' },
  { name: 'ready', head: 'ready' },
  { name: 'size', head: 'size' },
  { name: 'schema', head: 'schema' },
  { name: 'replication', head: 'seen on' },
] as const;

/** Such as `3 nodes reached (galera 11.8.3-MariaDB); Kea's schema 22.0; all 30 checks hold`. */
export function clusterHeadline({ nodes, checks, unreachable, schema }: ClusterCheckResult): string {
  const broken = checks.filter(({ verdict }) => verdict === 'fail').length;
  const versions = [...new Set(nodes.map(({ kind, version }) => `${kind} ${version}`))].join(', ');
  return [
    `${plural(nodes.length, 'node')} reached${versions === '' ? '' : ` (${versions})`}`,
    ...(unreachable.length === 0 ? [] : [`${unreachable.length} can't be reached`]),
    ...(schema === null ? [] : [`Kea's schema ${schema}`]),
    broken === 0 ? `all ${checks.length} checks hold` : `${broken} of ${checks.length} checks do not hold`,
  ].join('; ');
}

/** What does not hold, and what to do about it. */
export interface ClusterFinding {
  title: string;
  hint: string | null;
}

/** Nodes that can't be reached, then the checks that do not hold. Equal findings of several nodes are one. */
export function clusterFindings({ checks, unreachable }: ClusterCheckResult): ClusterFinding[] {
  return [
    ...unreachable.map(({ node, reason, hint }) => ({ title: `${node}: ${reason}`, hint })),
    ...together(checks.filter(({ verdict }) => verdict === 'fail')),
  ];
}

function together(broken: readonly ClusterCheck[]): ClusterFinding[] {
  const groups = new Map<string, ClusterCheck[]>();
  for (const check of broken) {
    const { name, expected, actual, hint } = check;
    const key = JSON.stringify([name, expected, actual, hint]);
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const nodes = group.flatMap(({ node }) => node ?? []).join(', ');
    const subject = [first.name, nodes].filter(Boolean).join(' ');
    return [{ title: `${subject}: expected ${first.expected}; found ${first.actual}`, hint: first.hint }];
  });
}

/** The value of a setting, or each node's value if they differ. */
export function presentText(values: SettingAdvice['values']): string {
  const different = [...new Set(Object.values(values))];
  return different.length === 1
    ? (different[0] ?? '')
    : Object.entries(values)
        .map(([node, value]) => `${node} ${value}`)
        .join(', ');
}

/** A point in which servers are as advised or not, with those of them that have one value. */
export interface AdviceGroup extends Advice {
  /** Such as `2 of 3`. */
  servers: string;
  /** What the point means where it is not as advised, with the servers if they are not all; else empty. */
  note: string;
}

/** A group for each point and each value that servers have, in the order of the points. */
export function adviceGroups(advice: readonly Advice[]): AdviceGroup[] {
  const groups = new Map<string, Advice[]>();
  for (const one of advice) {
    const key = JSON.stringify([one.point, one.present]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const placeOf = (of: Advice | undefined) => advice.findIndex(({ point }) => point === of?.point);
  return [...groups.values()]
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const all = advice.filter(({ point }) => point === first.point).length;
      const those = group.length === all ? '' : ` At ${group.map(({ server }) => server).join(', ')}.`;
      const note = first.weight === 'note' ? `${first.meaning}${those}` : '';
      return [{ ...first, servers: `${group.length} of ${all}`, note }];
    });
}
