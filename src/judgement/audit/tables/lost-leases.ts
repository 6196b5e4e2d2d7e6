import { serverName } from '../../checks/server-name.js';
import type { CaseState } from '../../fold/case-state.js';
import type { Required } from './required.js';

/** For so many leases the nodes are kept. A node that lost its data lacks every lease. */
const NODES_KEPT = 1_000;

/** A lease that a client was told of, and that some node has no live row of for the client. */
export interface LostLease {
  client: number;
  lease: string;
  /** Such as `server-2`. */
  server: string;
  /** When the last answer with the lease came, microseconds. */
  acknowledgedAtUs: number;
  /** The nodes that lack the row; empty if there are too many lost leases. */
  nodes: readonly string[];
}

/** The acknowledged leases of a case that some node has no live row of for their client. */
export class LostLeases {
  readonly #required: Required;
  readonly #state: Pick<CaseState, 'layout' | 'leases'>;
  readonly #isLost: Uint8Array;
  readonly #nodes = new Map<number, string[]>();
  #count = 0;

  constructor(required: Required, state: Pick<CaseState, 'layout' | 'leases'>) {
    this.#required = required;
    this.#state = state;
    this.#isLost = new Uint8Array(required.count);
  }

  get count(): number {
    return this.#count;
  }

  /** @param required the number of the lease in the list of required leases */
  add(required: number, nodes: readonly string[]): void {
    if (this.#isLost[required] === 0) {
      this.#isLost[required] = 1;
      this.#count++;
      if (this.#count <= NODES_KEPT) this.#nodes.set(required, []);
    }
    this.#nodes.get(required)?.push(...nodes);
  }

  /** Each lost lease once. */
  *all(): Generator<LostLease> {
    const { clients, servers, receivedAtUs, leases } = this.#required;
    for (let required = 0; required < this.#isLost.length; required++) {
      if (this.#isLost[required] === 0) continue;
      yield {
        client: clients.get(required),
        lease: this.#state.leases.text(leases.get(required)),
        server: serverName(this.#state.layout, servers.get(required)),
        acknowledgedAtUs: receivedAtUs.get(required),
        nodes: this.#nodes.get(required)?.toSorted() ?? [],
      };
    }
  }
}
