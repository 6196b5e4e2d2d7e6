import type { Cause } from './cause.js';
import { messagesOf } from './log-counts.js';

const MESSAGES: ReadonlySet<string> = new Set(['ALLOC_ENGINE_V4_ALLOC_FAIL']);

export const fullPool: Cause = {
  title: 'full pools',
  meaning:
    'A DHCPv4 server that has no address left leaves a DISCOVER unanswered, where a DHCPv6 server says NoAddrsAvail or NoPrefixAvail. To a client that looks like loss.',
  shownBy:
    'The servers of the case logged `ALLOC_ENGINE_V4_ALLOC_FAIL` at least once for each DISCOVER that nobody answered. It explains missing answers, and no check on leases.',
  whatToDo:
    'Give the pool more leases than there are clients and declined addresses (`kea.poolLeases`), or state `load.beyondPool: true` where too few are meant.',
  evidence({ system, found, ...context }) {
    if (system === undefined || found === 0) return undefined;
    const prefix = `${context.case} `;
    const messages = messagesOf(system, context.case, MESSAGES);
    const logged = system.servers
      .filter(({ name }) => name.startsWith(prefix))
      .reduce((sum, { name }) => sum + (messages(name.slice(prefix.length)) ?? 0), 0);
    if (logged < found) return undefined;
    return `the servers found no free address for ${logged} requests, and ${found} were not answered`;
  },
};
