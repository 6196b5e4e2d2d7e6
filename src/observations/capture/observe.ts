import { COMMITTING_PHASES, type Phase } from '../../protocol/phases.js';
import { type AnswerKind, type NamedLease, type Observation } from '../model.js';
import type { AnswerRow, SentRow } from './rows.js';
import type { Survey } from './survey.js';

/** What was observed, in order of time: the same each time. */
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
  /** Numbers of transactions given out in each case. */
  readonly #count: number[] = [];
  /** Of each request the number of its first transaction, as it has one for each server. */
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
    // Nothing tells when it should have left.
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
    // Where it belongs: at its own server, or at the one that was asked instead.
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

/** More are not told apart. */
const MOST_ATTEMPTS = 0xffff;

function attemptOf(found: Survey, ask: number): number {
  return Math.min(found.placeOf(ask).attempt, MOST_ATTEMPTS);
}

/** An OFFER or ADVERTISE where another server commits at once is no more than that, whatever it says. */
function kindOf({ is, kind, isOffer }: AnswerRow, phase: Phase): AnswerKind {
  if (is === 'other-server') return 'wrong-server';
  if (is !== 'matched') return is;
  return isOffer && COMMITTING_PHASES.has(phase) ? 'offer' : kind;
}
