import { seenOf } from '../../evidence/system.js';
import type { CommitsJudgement } from '../../results/commits.js';
import type { CommitsInput } from './input.js';

/**
 * Whether the history of a node has all that the node committed: its log was read to its end, the node did not end with
 * changes that nobody saw written, and no state transfer left a gap.
 */
export function isWhole(
  { node, gaps }: Pick<CommitsJudgement['nodes'][number], 'node' | 'gaps'>,
  { nodes }: Pick<CommitsInput, 'nodes'>,
): boolean {
  const its = nodes.find(({ name }) => name === node);
  const read = its === undefined ? undefined : seenOf(its.changes);
  return read !== undefined && read.cutOff === undefined && its?.ended !== true && gaps.length === 0;
}
