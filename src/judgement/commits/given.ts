import type { SystemEvidence } from '../../evidence/system.js';
import { serverName } from '../checks/server-name.js';
import type { CaseState } from '../fold/case-state.js';
import type { CommitClients } from './clients.js';

/** A lease that a client was given. */
export interface Given {
  lease: string;
  caseName: string;
  caseIndex: number;
  client: number;
  server: string;
  /** The node that the server writes to; null where that is not known. */
  node: string | null;
  /** When the request was first sent, microseconds on the run's clock. */
  askedAtUs: number;
  /** When the answer came. */
  fromUs: number;
  untilUs: number;
  /** Whether the client does not know of it, as the answer came late. */
  isPossible: boolean;
}

/** Each lease that was given to a client, with the node through which it was given; null behind a proxy. */
export function givenLeases(states: readonly CaseState[], system: SystemEvidence): Given[] {
  const nodes = new Map(
    system.servers.map(({ name, node, proxy }) => [name, proxy === undefined ? node : null]),
  );
  return states.flatMap(({ layout, holdings, leases, caseIndex }) => {
    const given: Given[] = [];
    for (let holding = 0; holding < holdings.count; holding++) {
      // Cases of one network share the holdings.
      if (holdings.caseIndex(holding) !== caseIndex) continue;
      const server = serverName(layout, holdings.server(holding));
      given.push({
        lease: leases.text(holdings.lease(holding)),
        caseName: layout.name,
        caseIndex,
        client: holdings.client(holding),
        server,
        node: nodes.get(`${layout.name} ${server}`) ?? null,
        askedAtUs: holdings.askedAtUs(holding),
        fromUs: holdings.fromUs(holding),
        untilUs: holdings.untilUs(holding),
        isPossible: holdings.isPossible(holding),
      });
    }
    return given;
  });
}

/** Who held which lease when, by the lease and the owner that its row names. */
export class HeldBy {
  readonly #times = new Map<string, Pick<Given, 'fromUs' | 'untilUs' | 'isPossible'>[]>();

  constructor(given: readonly Given[], clients: CommitClients) {
    for (const one of given) {
      const key = `${one.lease} ${clients.ownerOf(one.caseIndex, one.client)}`;
      const times = this.#times.get(key);
      if (times === undefined) this.#times.set(key, [one]);
      else times.push(one);
    }
  }

  /** Whether the owner was ever told that it has the lease. */
  wasTold(lease: string, owner: string): boolean {
    return this.#times.has(`${lease} ${owner}`);
  }

  /** Whether the owner knows at that moment that it holds the lease. */
  isHeld(lease: string, owner: string, atUs: number): boolean {
    const times = this.#times.get(`${lease} ${owner}`) ?? [];
    return times.some(({ fromUs, untilUs, isPossible }) => !isPossible && fromUs <= atUs && atUs < untilUs);
  }
}
