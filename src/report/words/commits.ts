import { count, milliseconds } from './numbers.js';
import type { CommitsJudgement } from '../../results/commits.js';

/** Sentences on the commit history, for a screen and a page. */
export function commitSentences(commits: CommitsJudgement): string[] {
  const { shared, nodes, changes, leases, replicationMs, resolutionMs } = commits;
  const read = nodes.filter((node) => node.changes !== null);
  const found = Object.values(commits.counts).reduce((sum, one) => sum + one, 0);
  return [
    shared
      ? `${count(changes)} changes of ${count(leases)} leases in the binary ${read.length === 1 ? 'log of 1 node' : `logs of ${read.length} nodes`}${found === 0 && read.length > 1 ? ', in the same order on each' : ''}`
      : `${read.map((one) => `${one.node} ${count(one.changes ?? 0)}`).join(', ')} changes in the binary logs; the nodes share nothing`,
    ...(replicationMs === null || resolutionMs === null
      ? []
      : [
          `a commit reached another node within ${within(replicationMs.p50, resolutionMs)} (half of ${count(replicationMs.measured)}), ${within(replicationMs.p99, resolutionMs)} (99%), ${within(replicationMs.max, resolutionMs)} (all)`,
        ]),
    ...nodes.flatMap(({ node, gaps, notRead, cutOff }) => [
      ...(notRead === undefined ? [] : [`${node}: its log was not read: ${notRead}`]),
      ...gaps.map(
        (gap) =>
          `${node} lacks ${count(gap.changes)} changes after its first ${count(gap.after)}; they are not judged`,
      ),
      ...(cutOff ?? []).map((one) => `${node}: its log ends before its time, ${one}`),
    ]),
  ];
}

/** A time that is shorter than the times are known exactly says no more than that. */
function within(ms: number, resolutionMs: number): string {
  return ms < resolutionMs ? `less than ${milliseconds(resolutionMs)} ms` : `${milliseconds(ms)} ms`;
}
