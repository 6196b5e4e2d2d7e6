import { setTimeout as sleep } from 'node:timers/promises';
import { readNamed, withSession } from '../../cluster/session.js';
import type { StartedNode } from '../../cluster/started-cluster.js';
import type { NodeState } from '../../evidence/faults.js';

const EVERY_MS = 250;
/** A node that has not answered after this time is silent. */
const SILENT_AFTER_MS = 1_000;

const STATUS = [
  'wsrep_cluster_status',
  'wsrep_local_state_comment',
  'wsrep_cluster_size',
  'wsrep_cluster_conf_id',
  'wsrep_incoming_addresses',
] as const;

/** By which address a node appears among the members of a view. It does not change while the node runs. */
const OWN_ADDRESS = 'wsrep_node_incoming_address';

/** Asks each node for its place in the cluster, several times a second, and keeps every change. */
export class NodeWatch {
  readonly states: NodeState[] = [];
  /** The names of the nodes by the addresses under which others list them. */
  readonly #names = new Map<string, string>();
  readonly #nowUs: () => number;
  readonly #over = new AbortController();
  readonly #watching: Promise<void>[];

  constructor(nodes: readonly StartedNode[], nowUs: () => number) {
    this.#nowUs = nowUs;
    this.#watching = nodes.map((node) => this.#watch(node));
  }

  /** Asks no more. */
  stop(): void {
    this.#over.abort();
  }

  /** Resolves when no node is asked any more. From then on the members of views have the names of their nodes. */
  async end(): Promise<void> {
    this.stop();
    await Promise.all(this.#watching);
    this.states.sort((one, other) => one.atUs - other.atUs);
    for (const state of this.states) {
      if (state.members !== undefined)
        state.members = state.members.map((address) => this.#names.get(address) ?? address).sort();
    }
  }

  async #watch({ name, admin }: StartedNode): Promise<void> {
    let last = '';
    let current: NodeState | undefined;
    while (!this.#over.signal.aborted) {
      const askedAtUs = this.#nowUs();
      const state = await stateOf(admin, this.#over.signal, (address) => this.#names.set(address, name));
      if (state === undefined) return;
      const seen = JSON.stringify(state);
      if (current === undefined || seen !== last) {
        // The node may have changed at any time since it was asked.
        const atUs = this.#nowUs();
        current = { node: name, atUs, lastAtUs: atUs, ...state };
        this.states.push(current);
      } else {
        current.lastAtUs = askedAtUs;
      }
      last = seen;
      await sleep(EVERY_MS, undefined, { signal: this.#over.signal }).catch(() => undefined);
    }
  }
}

type State = Omit<NodeState, 'node' | 'atUs' | 'lastAtUs'>;

const SILENT: State = { status: 'silent', state: '', size: null };

/**
 * Never throws: a node that does not answer is silent. Undefined as soon as the signal is aborted.
 *
 * @param told called with the address under which other nodes list this one
 */
async function stateOf(
  admin: StartedNode['admin'],
  over: AbortSignal,
  told: (address: string) => void,
): Promise<State | undefined> {
  const giveUp = new AbortController();
  const signal = AbortSignal.any([giveUp.signal, over]);
  const silent = sleep(SILENT_AFTER_MS, SILENT, { signal }).catch(() => undefined);
  const asked = withSession(admin, async (session): Promise<State> => {
    const status = await readNamed(session, 'STATUS', STATUS);
    const { [OWN_ADDRESS]: address = '' } = await readNamed(session, 'VARIABLES', [OWN_ADDRESS]);
    if (address !== '') told(address);
    return stateIn(status);
  }).catch(() => SILENT);
  const found = await Promise.race([asked, silent]);
  giveUp.abort();
  return found;
}

/** @param told status variables by name; without replication there are none */
export function stateIn(told: Readonly<Record<string, string>>): State {
  const [status, state, size, view, members] = STATUS;
  const isReplicating = told[status] !== undefined;
  const listed = (told[members] ?? '').split(',').filter((address) => address !== '');
  return {
    status: told[status] ?? 'serving',
    state: told[state] ?? '',
    size: isReplicating ? Number(told[size]) : null,
    ...(told[view] === undefined ? {} : { view: told[view] }),
    ...(listed.length === 0 ? {} : { members: listed.sort() }),
  };
}
