import { serverName } from '../case-figures.js';
import type { CaseState } from '../case-state.js';
import { UNANSWERED_PHASES } from '../../protocol/phases.js';
import { kindOfReply } from '../traffic.js';
import { WitnessList } from '../witnesses.js';
import type { ServerCounters } from './model.js';
import { lostKindsOf } from './server-counters.js';

/**
 * What may have been answered and never was, by what Kea says: the transactions without any answer at each server of
 * which something was lost, in a phase that the lost messages belong to. Which of them it was nobody can tell, as a
 * server may also pass over a request.
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
