import { PHASES } from '../../protocol/phases.js';
import type { LeaseType } from '../../protocol/leases.js';
import { ANSWER_KINDS, type Answer, type Observation, type Sent, type TimedOut } from '../observation.js';

/**
 * One observation as the journal stores it: 64 bytes, little-endian.
 *
 * ```text
 * at  size  sent                 answer               timeout
 *  0  u8    type 1               type 2               type 3
 *  1  u8    case
 *  2  u8    phase, index in PHASES
 *  3  u8    server
 *  4  u32   client, 0xffffffff for none
 *  8  u32   transaction, 0xffffffff for none
 * 12  u16   attempt
 * 14  u8    retransmission       kind, index in ANSWER_KINDS
 * 15  u8                         server it came from
 * 16  f64   intended at, µs      received at, µs      at, µs
 * 24  f64   sent at, µs
 * 32  16                         lease, zeros behind it
 * 48  u8                         bytes of the lease: 0, 4 or 16
 * 49  u8                         prefix length
 * 50  u8                         lease type: 0 address, 1 prefix
 * 51  u8                         answer index, 255 for 255 and above
 * 52  u32                        valid lifetime, s
 * 56  u16                        status code
 * 58  6     zero
 * ```
 */
export const RECORD_BYTES = 64;

const TYPE = { sent: 1, answer: 2, timeout: 3 } as const;
const NONE = 0xffff_ffff;
const LEASE_TYPES: readonly LeaseType[] = ['address', 'prefix'];

/** The place of a name in a short list. V8 compares equal constants by address, so this beats a look-up by name. */
function placeOf<T extends string>(names: readonly T[], name: T): number {
  let place = 0;
  while (place < names.length && names[place] !== name) place++;
  return place;
}

/** Writes the record into `records` at `offset`. The bytes there must be zero. */
export function encodeRecord(observation: Observation, records: DataView, offset: number): void {
  records.setUint8(offset + 1, observation.caseIndex);
  records.setUint8(offset + 2, placeOf(PHASES, observation.phase));
  records.setUint8(offset + 3, observation.server);
  records.setUint32(offset + 4, observation.client >>> 0, true);
  records.setUint32(offset + 8, observation.transaction >>> 0, true);
  records.setUint16(offset + 12, observation.attempt, true);
  switch (observation.type) {
    case 'sent':
      records.setUint8(offset, TYPE.sent);
      records.setUint8(offset + 14, Math.min(observation.retransmission, 255));
      records.setFloat64(offset + 16, observation.intendedAtUs, true);
      records.setFloat64(offset + 24, observation.sentAtUs, true);
      break;
    case 'answer':
      records.setUint8(offset, TYPE.answer);
      records.setUint8(offset + 14, placeOf(ANSWER_KINDS, observation.kind));
      records.setUint8(offset + 15, observation.fromServer);
      records.setFloat64(offset + 16, observation.receivedAtUs, true);
      putLease(records, offset, observation.lease);
      records.setUint8(offset + 49, observation.prefixLength);
      records.setUint8(offset + 50, placeOf(LEASE_TYPES, observation.leaseType));
      records.setUint8(offset + 51, Math.min(observation.answerIndex, 255));
      records.setUint32(offset + 52, observation.validLifetime, true);
      records.setUint16(offset + 56, observation.statusCode, true);
      break;
    case 'timeout':
      records.setUint8(offset, TYPE.timeout);
      records.setFloat64(offset + 16, observation.atUs, true);
      break;
  }
}

function putLease(records: DataView, offset: number, lease: Uint8Array): void {
  for (let index = 0; index < lease.length; index++) records.setUint8(offset + 32 + index, lease[index] ?? 0);
  records.setUint8(offset + 48, lease.length);
}

/** Where `decodeRecord` puts what it reads: one observation of each kind, and the bytes of a lease by their number. */
export interface Decoded {
  sent: Sent;
  answer: Answer;
  timeout: TimedOut;
  leases: Readonly<Record<number, Uint8Array>>;
}

/** A new place for one record, or for several of which each overwrites the one before. */
export function decoded(): Decoded {
  const leases = { 0: new Uint8Array(0), 4: new Uint8Array(4), 16: new Uint8Array(16) };
  const of = { caseIndex: 0, phase: PHASES[0], server: 0, client: 0, attempt: 0, transaction: 0 };
  return {
    leases,
    sent: { type: 'sent', ...of, intendedAtUs: 0, sentAtUs: 0, retransmission: 0 },
    answer: {
      type: 'answer',
      ...of,
      receivedAtUs: 0,
      fromServer: 0,
      kind: 'lease',
      answerIndex: 0,
      leaseType: 'address',
      lease: leases[0],
      prefixLength: 0,
      validLifetime: 0,
      statusCode: 0,
    },
    timeout: { type: 'timeout', ...of, atUs: 0 },
  };
}

/**
 * Reads a record that `encodeRecord` wrote; undefined if the bytes are no record.
 *
 * @param records a view, because reading it is several times as fast as reading a `Buffer`
 * @param into what is returned; a new observation by default
 */
export function decodeRecord(records: DataView, offset: number, into = decoded()): Observation | undefined {
  const atUs = records.getFloat64(offset + 16, true);
  if (!Number.isFinite(atUs)) return undefined;
  switch (records.getUint8(offset)) {
    case TYPE.sent: {
      const { sent } = into;
      sent.intendedAtUs = atUs;
      sent.sentAtUs = records.getFloat64(offset + 24, true);
      sent.retransmission = records.getUint8(offset + 14);
      return decodeTransaction(records, offset, sent);
    }
    case TYPE.answer: {
      into.answer.receivedAtUs = atUs;
      return decodeAnswer(records, offset, into);
    }
    case TYPE.timeout:
      into.timeout.atUs = atUs;
      return decodeTransaction(records, offset, into.timeout);
    default:
      return undefined;
  }
}

function decodeTransaction<T extends Observation>(records: DataView, offset: number, into: T): T | undefined {
  const phase = PHASES[records.getUint8(offset + 2)];
  if (phase === undefined) return undefined;
  into.caseIndex = records.getUint8(offset + 1);
  into.phase = phase;
  into.server = records.getUint8(offset + 3);
  into.client = orNone(records.getUint32(offset + 4, true));
  into.attempt = records.getUint16(offset + 12, true);
  into.transaction = orNone(records.getUint32(offset + 8, true));
  return into;
}

function decodeAnswer(records: DataView, offset: number, { answer, leases }: Decoded): Answer | undefined {
  const kind = ANSWER_KINDS[records.getUint8(offset + 14)];
  const leaseType = LEASE_TYPES[records.getUint8(offset + 50)];
  const lease = leases[records.getUint8(offset + 48)];
  if (kind === undefined || leaseType === undefined || lease === undefined) return undefined;
  for (let i = 0; i < lease.length; i++) lease[i] = records.getUint8(offset + 32 + i);
  answer.fromServer = records.getUint8(offset + 15);
  answer.kind = kind;
  answer.answerIndex = records.getUint8(offset + 51);
  answer.leaseType = leaseType;
  answer.lease = lease;
  answer.prefixLength = records.getUint8(offset + 49);
  answer.validLifetime = records.getUint32(offset + 52, true);
  answer.statusCode = records.getUint16(offset + 56, true);
  return decodeTransaction(records, offset, answer);
}

function orNone(number: number): number {
  return number === NONE ? -1 : number;
}
