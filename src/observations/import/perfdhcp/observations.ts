import { type LeaseType, UNKNOWN_PREFIX_LENGTH } from '../../../protocol/leases.js';
import type { Phase } from '../../../protocol/phases.js';
import type { Answer, CaseLayout, Observation } from '../../observation.js';
import type { PerfdhcpLog } from './log.js';
import type { ListedAnswer, PerfdhcpExchange } from './output-reader.js';

export interface PerfdhcpCase {
  layout: CaseLayout;
  /** In the order of the servers. */
  logs: readonly PerfdhcpLog[];
  /** The number of each client, by its identifier. */
  clients: ReadonlyMap<string, number>;
}

/** When and for how long a lease is assumed to be held. The log does not tell it. */
export interface Holding {
  atUs: number;
  lifetimeS: number;
}

/** Held from the beginning, without end. */
export const ALWAYS: Holding = { atUs: 0, lifetimeS: 0xffff_ffff };
const NOTHING = new Uint8Array(0);

/** Makes observations of the logs of a case. Each call of `of` takes some of the logs. */
export class CaseObservations {
  readonly #case: PerfdhcpCase;
  readonly #caseIndex: number;
  readonly #prefixLength: number;
  #transactions = 0;
  /** The next number for a client without an identifier. These numbers follow those of the clients with one. */
  #nameless: number;

  constructor(one: PerfdhcpCase, caseIndex: number, prefixLength = UNKNOWN_PREFIX_LENGTH) {
    this.#case = one;
    this.#caseIndex = caseIndex;
    this.#prefixLength = prefixLength;
    this.#nameless = one.clients.size;
  }

  /**
   * The observations of some logs, phase by phase, and in each phase server by server. An unanswered request is a
   * `sent` without an `answer`.
   */
  *of(logs: readonly PerfdhcpLog[], holdingOf: (log: PerfdhcpLog) => Holding): Generator<Observation> {
    for (const phase of this.#case.layout.phases)
      for (const log of logs) yield* this.#exchange(phase, log, () => holdingOf(log));
  }

  *#exchange(phase: Phase, log: PerfdhcpLog, nextHolding: () => Holding): Generator<Observation> {
    const { layout, clients, logs } = this.#case;
    const { exchanges } = log;
    const exchange = exchanges.get(phase);
    if (exchange === undefined) return;
    const server = logs.indexOf(log);
    const about = (client: number): About => ({
      caseIndex: this.#caseIndex,
      phase,
      server,
      client,
      attempt: 1,
      transaction: this.#transactions++,
    });
    let holding = nextHolding();
    for (const listed of exchange.answers) {
      const of = about(clients.get(listed.client) ?? 0);
      yield sent(of, holding);
      for (const { type, lease } of leasesIn(listed, layout))
        yield answer(of, holding, type, lease, this.#prefixLength);
      holding = nextHolding();
    }
    const isFirst = phase === [...exchanges.keys()][0];
    for (const client of silent(exchanges, exchange, clients, isFirst ? () => this.#nameless++ : () => 0)) {
      yield sent(about(client), holding);
    }
  }
}

/**
 * The clients of the unanswered requests of an exchange. First come clients that were answered in the first exchange
 * and not in this one. For further requests `otherwise` gives the client.
 */
function* silent(
  exchanges: ReadonlyMap<Phase, PerfdhcpExchange>,
  { sent, answers }: PerfdhcpExchange,
  clients: ReadonlyMap<string, number>,
  otherwise: () => number,
): Generator<number> {
  const answered = new Set(answers.map(({ client }) => client));
  const [first] = exchanges.values();
  const waiting = (first?.answers ?? []).filter(({ client }) => !answered.has(client));
  for (let left = (sent ?? 0) - answers.length; left > 0; left--) {
    const known = waiting.shift();
    yield (known === undefined ? undefined : clients.get(known.client)) ?? otherwise();
  }
}

type About = Pick<Answer, 'caseIndex' | 'phase' | 'server' | 'client' | 'attempt' | 'transaction'>;

function sent(of: About, { atUs }: Holding): Observation {
  return { type: 'sent', ...of, intendedAtUs: atUs, sentAtUs: atUs, retransmission: 0 };
}

function answer(
  of: About,
  { atUs, lifetimeS }: Holding,
  leaseType: LeaseType,
  lease: Uint8Array | undefined,
  prefixLength: number,
): Observation {
  return {
    type: 'answer',
    ...of,
    receivedAtUs: atUs,
    fromServer: of.server,
    kind: lease === undefined ? 'no-lease' : 'lease',
    answerIndex: 0,
    leaseType,
    lease: lease ?? NOTHING,
    prefixLength: lease === undefined ? 0 : leaseType === 'prefix' ? prefixLength : 8 * lease.length,
    validLifetime: lease === undefined ? 0 : lifetimeS,
    statusCode: 0,
  };
}

/** An entry for each lease type of the case. Its `lease` is undefined if the answer gives none. */
function leasesIn({ address, prefix }: ListedAnswer, { name }: CaseLayout) {
  const given: { type: LeaseType; lease: Uint8Array | undefined }[] = [];
  if (!name.endsWith('-pd') || name.includes('-na')) given.push({ type: 'address', lease: address });
  if (name.endsWith('-pd')) given.push({ type: 'prefix', lease: prefix });
  return given;
}
