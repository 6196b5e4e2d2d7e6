import { seenOf } from '../../evidence/system.js';
import type { CommitsJudgement } from '../../results/commits.js';
import { leaseText } from '../audit/tables/case-tables.js';
import type { CaseState } from '../fold/case-state.js';
import { CommitClients } from './clients.js';
import { ASSIGNED, ownerOf, type CommitsInput } from './input.js';

/** Whether a lease may have been stored for a client, by the number of its case. */
export type MayBeCommitted = (caseIndex: number, client: number, lease: string) => boolean;

/**
 * What the histories of the nodes say of leases that no answer told of. A history with a gap, or one that could not be
 * read, leaves everything open. Of nodes that share their leases, one whole history is enough.
 */
export function mayBeCommitted(
  input: CommitsInput | undefined,
  judged: CommitsJudgement | undefined,
  seed: number | undefined,
  states: readonly CaseState[],
): MayBeCommitted {
  if (input === undefined || judged === undefined || seed === undefined) return () => true;
  const isWhole = ({ node, gaps, cutOff }: CommitsJudgement['nodes'][number]): boolean =>
    gaps.length === 0 &&
    cutOff === undefined &&
    input.nodes.some(({ name, changes, ended }) => {
      return name === node && ended !== true && seenOf(changes) !== undefined;
    });
  const whole = judged.nodes.filter(isWhole);
  if (whole.length < (judged.shared ? 1 : judged.nodes.length)) return () => true;
  const clients = new CommitClients(seed, states);
  let committed: ReadonlySet<string> | undefined;
  return (caseIndex, client, lease) => {
    committed ??= committedIn(
      input,
      whole.map(({ node }) => node),
    );
    return committed.has(`${lease} ${clients.ownerOf(caseIndex, client)}`);
  };
}

/** Each lease with each owner that it was ever committed for. */
function committedIn({ changes }: CommitsInput, nodes: readonly string[]): Set<string> {
  const committed = new Set<string>();
  for (const node of nodes)
    for (const { kind, row } of changes(node))
      if (kind !== 'delete' && row.state === ASSIGNED) committed.add(`${leaseText(row)} ${ownerOf(row)}`);
  return committed;
}
