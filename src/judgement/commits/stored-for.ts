import type { CommitsJudgement } from '../../results/commits.js';
import type { WhoseRows } from '../audit/input.js';
import type { CaseState } from '../fold/case-state.js';
import { CommitClients } from './clients.js';
import type { CommitsInput } from './input.js';
import { isWhole } from './whole.js';
import { writesBy, writesIn, type Write } from './writes.js';

/** What nodes stored for a client between two moments; undefined where nobody knows all of it. */
export type StoredFor = (
  caseIndex: number,
  client: number,
  sinceUs: number,
  untilUs: number,
) => readonly Write[] | undefined;

/** For a run without a history of commits. */
export const NOBODY_KNOWS: StoredFor = () => undefined;

/**
 * What the histories of the nodes say of leases that no answer told of. What any node stored counts. That nothing else
 * was stored is known where the histories are whole; of nodes that share their leases, one whole history is enough.
 *
 * @param zeroUnixUs the run's time zero, microseconds since 1970
 */
export function storedForClients(
  input: CommitsInput,
  judged: CommitsJudgement,
  { states, zeroUnixUs, ...whose }: WhoseRows & { states: readonly CaseState[]; zeroUnixUs: number },
): StoredFor {
  // Where no change was read, something is wrong with the logs.
  if (judged.changes === 0) return NOBODY_KNOWS;
  const read = judged.nodes.filter(({ changes }) => changes !== null);
  const whole = judged.nodes.filter((one) => isWhole(one, input));
  if (whole.length < (judged.shared ? 1 : judged.nodes.length)) return NOBODY_KNOWS;
  const agree = judged.shared && judged.counts['other-order'] === undefined;
  const [first] = whole;
  // Whole histories that agree say the same.
  const nodes = read.filter((one) => !agree || one === first || !whole.includes(one));
  const clients = new CommitClients(whose, states);
  let writes: ReadonlyMap<string, readonly Write[]> | undefined;
  return (caseIndex, client, sinceUs, untilUs) => {
    writes ??= writesBy(
      ({ owner }) => owner,
      nodes.flatMap(({ node }) => writesIn(input.changes(node), zeroUnixUs)),
    );
    const its = writes.get(clients.ownerOf(caseIndex, client)) ?? [];
    return its.filter(({ byUs, afterUs }) => byUs >= sinceUs && afterUs <= untilUs);
  };
}
