import { COMMITTING_PHASES, type Phase } from '../../../protocol/phases.js';
import type { AnswerKind, NamedLease, Observation } from '../../observation.js';
import type { AnswerRow, SentRow } from './message/rows.js';
import type { Survey } from './survey.js';

/** The observations of a capture, in order of time. Each call gives the same observations. */
export function* observe(found: Survey): Generator<Observation> {
  const observing = new Observing(found);
  for (const row of found.rows.all()) {
    if (row.type === 'sent') yield* observing.sent(row);
    else yield* observing.answer(row);
  }
}

const NOTHING = new Uint8Array(0);

class Observing {
  readonly #found: Survey;
  /** How many transaction numbers were given out in each case. */
  readonly #count: number[] = [];
  /** The number of each request's first transaction. A request has a transaction for each server. */
  readonly #first: Int32Array;

  constructor(found: Survey) {
    this.#found = found;
    this.#first = new Int32Array(found.asks);
  }

  *sent({ ask, atUs, retransmission }: SentRow): Generator<Observation> {
    const found = this.#found;
    const phase = found.phaseOf(ask);
    if (phase === undefined) return;
    const servers = found.serversOf(ask);
    const { caseIndex, client } = found.placeOf(ask);
    const attempt = attemptOf(found, ask);
    if (retransmission === 0) {
      const first = this.#count[caseIndex] ?? 0;
      this.#first[ask] = first;
      this.#count[caseIndex] = first + servers.length;
    }
    const first = this.#first[ask] ?? 0;
    const names: readonly NamedLease[] | undefined = found.namesOf(ask);
    // Nothing tells when a captured message should have left, so it counts as sent in time.
    const sentAtUs = atUs - found.reading.firstUs;
    for (let place = 0; place < servers.length; place++) {
      yield {
        type: 'sent',
        caseIndex,
        phase,
        server: servers[place] ?? 0,
        client,
        attempt,
        transaction: first + place,
        intendedAtUs: sentAtUs,
        sentAtUs,
        retransmission,
        ...(names === undefined ? {} : { names }),
      };
    }
  }

  *answer(row: AnswerRow): Generator<Observation> {
    const found = this.#found;
    const { ask, caseIndex, client, owner, is, kind } = row;
    const phase = ask < 0 ? row.phase : found.phaseOf(ask);
    if (phase === undefined) return;
    const from = row.sight < 0 ? -1 : found.servers.number(caseIndex, row.sight);
    // The transaction of the server that answers, or else the first transaction of the request.
    const servers = ask < 0 ? [] : found.serversOf(ask);
    const place = Math.max(0, servers.indexOf(from));
    const server = servers[place] ?? Math.max(0, from);
    yield {
      type: 'answer',
      caseIndex,
      phase,
      server,
      client,
      attempt: ask < 0 ? 0 : attemptOf(found, ask),
      transaction: ask < 0 ? -1 : (this.#first[ask] ?? 0) + place,
      receivedAtUs: row.atUs - found.reading.firstUs,
      fromServer: from < 0 ? server : from,
      kind: kindOf(row, phase),
      ...(is === 'unmatched' && kind !== 'lease' ? { refuses: kind } : {}),
      answerIndex: row.answerIndex,
      ...(row.isOfAnyServer ? { isOfAnyServer: true } : {}),
      ...(owner < 0
        ? {}
        : { owner: found.holders.ownerOf(owner), holder: found.holders.holderOf(row.binding) }),
      ...(kind === 'nak' && row.lease.length > 0 ? { refused: row.lease } : {}),
      ...(row.hasMoved ? { hasMoved: true } : {}),
      ...(row.isTimeless ? { isTimeless: true } : {}),
      leaseType: row.leaseType,
      lease: kind === 'nak' ? NOTHING : row.lease,
      prefixLength: row.prefixLength,
      validLifetime: row.validLifetime,
      statusCode: row.statusCode,
    };
  }
}

/** Attempts above this number all get this number. */
const MOST_ATTEMPTS = 0xffff;

function attemptOf(found: Survey, ask: number): number {
  return Math.min(found.placeOf(ask).attempt, MOST_ATTEMPTS);
}

/**
 * The kind of an answer. If one server commits at once, the request's phase is a committing one. An OFFER or
 * ADVERTISE by another server then still commits nothing.
 */
function kindOf({ is, kind, isOffer }: AnswerRow, phase: Phase): AnswerKind {
  if (is === 'other-server') return 'wrong-server';
  if (is !== 'matched') return is;
  return isOffer && COMMITTING_PHASES.has(phase) ? 'offer' : kind;
}
