import { serverName } from '../checks/server-name.js';
import type { CaseState } from '../fold/case-state.js';
import { UNANSWERED_PHASES } from '../../protocol/phases.js';
import { kindOfReply } from '../checks/traffic.js';
import { WitnessList } from '../fold/witnesses.js';
import type { ServerCounters } from '../../results/audit.js';
import { lostKindsOf } from './server-counters.js';

/**
 * Witnesses of requests whose answer may have been lost. Kea's counters tell the servers whose messages were lost,
 * and the kind of the lost messages. The witnesses are all transactions without any answer at such a server, in a
 * phase of that kind. Nobody can tell which of them were answered, because a server may also ignore a request.
 */
export function unansweredWhereLost(state: CaseState, servers: readonly ServerCounters[]): WitnessList {
  const { layout, phases, transactions } = state;
  const witnesses = new WitnessList(state.witnessesPerKind);
  const lost = servers.map(lostKindsOf);
  if (lost.every((kinds) => kinds.size === 0)) return witnesses;
  for (let transaction = 0; transaction < transactions.count; transaction++) {
    const server = transactions.server(transaction);
    const phase = phases[transactions.phase(transaction)]?.phase;
    if (phase === undefined || UNANSWERED_PHASES.has(phase) || !transactions.isSilent(transaction)) continue;
    if (lost[server]?.has(kindOfReply(phase)) !== true) continue;
    const atUs = transactions.sentAtUs(transaction);
    witnesses.add('unanswered', () => ({
      phase,
      lease: '',
      otherLease: null,
      holders: [
        {
          client: transactions.client(transaction),
          server: serverName(layout, server),
          lease: '',
          fromUs: atUs,
          untilUs: atUs,
        },
      ],
    }));
  }
  return witnesses;
}
