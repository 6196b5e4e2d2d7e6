import type { CommitClients } from './clients.js';
import type { Given } from './given.js';
import type { CommitsInput } from './input.js';
import { writesBy, writesIn, type Write } from './writes.js';

/**
 * The leases that a server gave before its node had committed them, or that were never committed, or not again after
 * they had ended. A server answers once its database has confirmed the commit. It is enough that the commit may have
 * been before the answer, as far as its time is known.
 *
 * @param whole the nodes whose history has no gap
 */
export function notCommitted(
  given: readonly Given[],
  { changes }: CommitsInput,
  { whole, clients, zeroUnixUs }: { whole: readonly string[]; clients: CommitClients; zeroUnixUs: number },
): Given[] {
  const committed = new Map(
    whole.map((node) => [
      node,
      writesBy(({ lease, owner }) => `${lease} ${owner}`, writesIn(changes(node), zeroUnixUs)),
    ]),
  );
  if (committed.size === 0) return [];
  return given.filter(({ lease, caseIndex, client, node, askedAtUs, fromUs }) => {
    const key = `${lease} ${clients.ownerOf(caseIndex, client)}`;
    const own = node === null ? undefined : committed.get(node);
    const writes = own?.get(key);
    if (writes !== undefined)
      return !writes.some((one) => one.afterUs <= fromUs && storedUntilUs(one) >= askedAtUs);
    // Of a node whose history has a gap, the others know what it has committed, and not when.
    return own !== undefined || ![...committed.values()].some((other) => other.has(key));
  });
}

/** Rows have whole seconds, and Kea rounds the current time down. */
const SLACK_US = 1_000_000;

/** Until when at most the row was there: a row that is written is there when its commit is confirmed. */
function storedUntilUs({ byUs, endedByUs, replacedByUs }: Write): number {
  return Math.max(byUs, Math.min(endedByUs + SLACK_US, replacedByUs));
}
