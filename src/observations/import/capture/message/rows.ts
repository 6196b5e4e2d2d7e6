import { type Phase, PHASES } from '../../../../protocol/phases.js';
import type { AnswerEvent } from '../exchange/answer-event.js';
import { leaseTypeOf, type Given } from './dhcp-message.js';

/**
 * The messages of a capture, in order, in rows of 64 bytes. A million messages are decoded once and held in 64 MB.
 *
 * ```text
 * at  size  sent                      answer: one for each lease or refusal
 *  0  u8    1                         2
 *  1  u8                              what it is to its request, index in IS
 *  2  u8                              kind, index in KINDS
 *  3  u8                              bytes of the lease; in a NAK, of the address that its request names
 *  4  u32   request                   request + 1, 0 for none
 *  8  f64   at, µs since 1970         the same
 * 16  u32   retransmission            client in its case + 1, 0 for none
 * 20  u32                             owner + 1, 0 for none
 * 24  u32                             binding
 * 28  u32                             sight of its server + 1, 0 if it can't be read
 * 32  16                              lease
 * 48  u32                             valid lifetime, s
 * 52  u16                             status code
 * 54  u8                              prefix length
 * 56  u8                              lease type: 0 address, 1 prefix
 * 57  u8                              index in PHASES + 1 for an answer without a request; else 0
 * 58  u16                             answer index
 * 60  u16                             case
 * 62  u8                              1 for an OFFER or ADVERTISE, + 2 if the client has moved, + 4 without a lease
 *                                     time, + 8 if it may be of any server
 * 63  1     zero
 * ```
 */
const ROW_BYTES = 64;
const ROWS_A_CHUNK = 1 << 16;
/** The most cases: a row has 16 bits for the number of one. */
export const MOST_CASES = 1 << 16;

const IS = [
  'matched',
  'other-server',
  'wrong-client',
  'unmatched',
  'malformed',
] as const satisfies readonly AnswerEvent['is'][];
const KINDS = ['lease', 'nak', 'no-lease'] as const satisfies readonly Given['kind'][];

export type Row = SentRow | AnswerRow;

export interface SentRow {
  type: 'sent';
  ask: number;
  atUs: number;
  retransmission: number;
}

export interface AnswerRow {
  type: 'answer';
  /** The request's index; -1 for none. */
  ask: number;
  atUs: number;
  is: AnswerEvent['is'];
  caseIndex: number;
  /** The client's number in its case. -1 if nobody knows whom the answer is for; then `owner` is -1 too. */
  client: number;
  owner: number;
  binding: number;
  /** The sight of the answering server (see `ServerSight`); -1 for an answer that can't be read. */
  sight: number;
  answerIndex: number;
  /** The phase of an answer without a request; else undefined. */
  phase: Phase | undefined;
  /** Whether it is an OFFER or ADVERTISE, which commits nothing. */
  isOffer: boolean;
  /** As `DhcpReply.isOfAnyServer`. */
  isOfAnyServer: boolean;
  /** Whether the client is on another link than the one on which it got its lease. */
  hasMoved: boolean;
  /** Whether the answer has no lease time. */
  isTimeless: boolean;
  kind: Given['kind'];
  leaseType: 'address' | 'prefix';
  lease: Uint8Array;
  prefixLength: number;
  validLifetime: number;
  statusCode: number;
}

export class Rows {
  readonly #chunks: DataView[] = [];
  #count = 0;
  #havePorts = false;

  /** Whether some leases are only some ports of an address. */
  get havePorts(): boolean {
    return this.#havePorts;
  }

  sent(ask: number, atUs: number, retransmission: number): void {
    const { view, at } = this.#next();
    view.setUint8(at, 1);
    view.setUint32(at + 4, ask);
    view.setFloat64(at + 8, atUs);
    view.setUint32(at + 16, retransmission);
  }

  answer(
    row: Pick<
      AnswerRow,
      | 'ask'
      | 'atUs'
      | 'is'
      | 'caseIndex'
      | 'client'
      | 'owner'
      | 'sight'
      | 'answerIndex'
      | 'phase'
      | 'isOffer'
      | 'isOfAnyServer'
      | 'hasMoved'
      | 'isTimeless'
    >,
    given: Given,
    binding: number,
  ): void {
    const { view, at } = this.#next();
    view.setUint8(at, 2);
    view.setUint8(at + 1, IS.indexOf(row.is));
    view.setUint8(at + 2, KINDS.indexOf(given.kind));
    view.setUint8(at + 3, given.lease.length);
    this.#havePorts ||= given.lease.length === 8;
    view.setUint32(at + 4, row.ask + 1);
    view.setFloat64(at + 8, row.atUs);
    view.setUint32(at + 16, row.client + 1);
    view.setUint32(at + 20, row.owner + 1);
    view.setUint32(at + 24, binding);
    view.setUint32(at + 28, row.sight + 1);
    for (let i = 0; i < given.lease.length; i++) view.setUint8(at + 32 + i, given.lease[i] ?? 0);
    view.setUint32(at + 48, given.validLifetime);
    view.setUint16(at + 52, given.statusCode);
    view.setUint8(at + 54, given.prefixLength);
    view.setUint16(at + 60, row.caseIndex);
    view.setUint8(at + 62, flagsOf(row));
    view.setUint8(at + 56, leaseTypeOf(given.association) === 'prefix' ? 1 : 0);
    view.setUint8(at + 57, row.phase === undefined ? 0 : PHASES.indexOf(row.phase) + 1);
    view.setUint16(at + 58, Math.min(row.answerIndex, 0xffff));
  }

  *all(): Generator<Row> {
    for (let index = 0; index < this.#count; index++) {
      const view = this.#chunks[Math.floor(index / ROWS_A_CHUNK)];
      if (view === undefined) return;
      yield rowAt(view, (index % ROWS_A_CHUNK) * ROW_BYTES);
    }
  }

  #next(): { view: DataView; at: number } {
    const place = this.#count % ROWS_A_CHUNK;
    if (place === 0) this.#chunks.push(new DataView(new ArrayBuffer(ROWS_A_CHUNK * ROW_BYTES)));
    const view = this.#chunks[Math.floor(this.#count++ / ROWS_A_CHUNK)];
    if (view === undefined) throw new RangeError('a chunk that was just made');
    return { view, at: place * ROW_BYTES };
  }
}

function flagsOf({
  isOffer,
  hasMoved,
  isTimeless,
  isOfAnyServer,
}: Pick<AnswerRow, 'isOffer' | 'hasMoved' | 'isTimeless' | 'isOfAnyServer'>): number {
  return (isOffer ? 1 : 0) | (hasMoved ? 2 : 0) | (isTimeless ? 4 : 0) | (isOfAnyServer ? 8 : 0);
}

function rowAt(view: DataView, at: number): Row {
  const atUs = view.getFloat64(at + 8);
  if (view.getUint8(at) === 1)
    return { type: 'sent', ask: view.getUint32(at + 4), atUs, retransmission: view.getUint32(at + 16) };
  const lease = new Uint8Array(view.getUint8(at + 3));
  for (let i = 0; i < lease.length; i++) lease[i] = view.getUint8(at + 32 + i);
  return {
    type: 'answer',
    ask: view.getUint32(at + 4) - 1,
    atUs,
    is: IS[view.getUint8(at + 1)] ?? 'unmatched',
    caseIndex: view.getUint16(at + 60),
    client: view.getUint32(at + 16) - 1,
    owner: view.getUint32(at + 20) - 1,
    binding: view.getUint32(at + 24),
    sight: view.getUint32(at + 28) - 1,
    answerIndex: view.getUint16(at + 58),
    phase: PHASES[view.getUint8(at + 57) - 1],
    isOffer: (view.getUint8(at + 62) & 1) !== 0,
    hasMoved: (view.getUint8(at + 62) & 2) !== 0,
    isTimeless: (view.getUint8(at + 62) & 4) !== 0,
    isOfAnyServer: (view.getUint8(at + 62) & 8) !== 0,
    kind: KINDS[view.getUint8(at + 2)] ?? 'no-lease',
    leaseType: view.getUint8(at + 56) === 1 ? 'prefix' : 'address',
    lease,
    prefixLength: view.getUint8(at + 54),
    validLifetime: view.getUint32(at + 48),
    statusCode: view.getUint16(at + 52),
  };
}
