import {
  UNKNOWN_PREFIX_LENGTH,
  type Answer,
  type CaseLayout,
  type LeaseType,
  type Observation,
  type Phase,
} from '../model.js';
import type { ListedAnswer, PerfdhcpExchange, PerfdhcpLog } from './log.js';

export interface PerfdhcpCase {
  layout: CaseLayout;
  /** In the order of the servers. */
  logs: readonly PerfdhcpLog[];
  /** Their numbers, by identifier. */
  clients: ReadonlyMap<string, number>;
}

/** No time is known: a lease is held from the beginning, and without end. */
const NO_TIME = 0;
const WITHOUT_END = 0xffff_ffff;
const NOTHING = new Uint8Array(0);

/** Phase by phase, server by server. A request that got no answer is one without an answer here. */
export function* observationsOf(
  { layout, logs, clients }: PerfdhcpCase,
  caseIndex: number,
  prefixLength = UNKNOWN_PREFIX_LENGTH,
): Generator<Observation> {
  let transaction = 0;
  // Behind the clients that are known by name.
  let nameless = clients.size;
  for (const phase of layout.phases) {
    for (const [server, { exchanges }] of logs.entries()) {
      const exchange = exchanges.get(phase);
      if (exchange === undefined) continue;
      const about = (client: number) => ({
        caseIndex,
        phase,
        server,
        client,
        attempt: 1,
        transaction: transaction++,
      });
      for (const listed of exchange.answers) {
        const of = about(clients.get(listed.client) ?? 0);
        yield sent(of);
        for (const { type, lease } of leasesIn(listed, layout)) yield answer(of, type, lease, prefixLength);
      }
      const isFirst = phase === [...exchanges.keys()][0];
      for (const client of silent(exchanges, exchange, clients, isFirst ? () => nameless++ : () => 0)) {
        yield sent(about(client));
      }
    }
  }
}

/** Whom the unanswered requests were from: in the first phase nobody knows, then one of those with an offer. */
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

function sent(of: About): Observation {
  return { type: 'sent', ...of, intendedAtUs: NO_TIME, sentAtUs: NO_TIME, retransmission: 0 };
}

function answer(
  of: About,
  leaseType: LeaseType,
  lease: Uint8Array | undefined,
  prefixLength: number,
): Observation {
  return {
    type: 'answer',
    ...of,
    receivedAtUs: NO_TIME,
    fromServer: of.server,
    kind: lease === undefined ? 'no-lease' : 'lease',
    answerIndex: 0,
    leaseType,
    lease: lease ?? NOTHING,
    prefixLength: lease === undefined ? 0 : leaseType === 'prefix' ? prefixLength : 8 * lease.length,
    validLifetime: lease === undefined ? 0 : WITHOUT_END,
    statusCode: 0,
  };
}

/** One for each kind of lease that was asked for, given or not. */
function leasesIn({ address, prefix }: ListedAnswer, { name }: CaseLayout) {
  const given: { type: LeaseType; lease: Uint8Array | undefined }[] = [];
  if (!name.endsWith('-pd') || name.includes('-na')) given.push({ type: 'address', lease: address });
  if (name.endsWith('-pd')) given.push({ type: 'prefix', lease: prefix });
  return given;
}
