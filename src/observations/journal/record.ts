import { PHASES } from '../../protocol/phases.js';
import type { LeaseType } from '../../protocol/leases.js';
import { ANSWER_KINDS, type Observation } from '../observation.js';

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
// Look-ups in place of searches: several of them happen for each exchange.
const PHASE_INDEX = indexOf(PHASES);
const KIND_INDEX = indexOf(ANSWER_KINDS);
const LEASE_TYPE_INDEX = indexOf(LEASE_TYPES);

function indexOf<T extends string>(names: readonly T[]): Readonly<Record<T, number>> {
  return Object.fromEntries(names.map((name, index) => [name, index])) as Record<T, number>;
}

/** Writes the record into `records` at `offset`. The bytes there must be zero. */
export function encodeRecord(observation: Observation, records: DataView, offset: number): void {
  records.setUint8(offset, TYPE[observation.type]);
  records.setUint8(offset + 1, observation.caseIndex);
  records.setUint8(offset + 2, PHASE_INDEX[observation.phase]);
  records.setUint8(offset + 3, observation.server);
  records.setUint32(offset + 4, observation.client >>> 0, true);
  records.setUint32(offset + 8, observation.transaction >>> 0, true);
  records.setUint16(offset + 12, observation.attempt, true);
  switch (observation.type) {
    case 'sent':
      records.setUint8(offset + 14, Math.min(observation.retransmission, 255));
      records.setFloat64(offset + 16, observation.intendedAtUs, true);
      records.setFloat64(offset + 24, observation.sentAtUs, true);
      break;
    case 'answer':
      records.setUint8(offset + 14, KIND_INDEX[observation.kind]);
      records.setUint8(offset + 15, observation.fromServer);
      records.setFloat64(offset + 16, observation.receivedAtUs, true);
      putLease(records, offset, observation.lease);
      records.setUint8(offset + 49, observation.prefixLength);
      records.setUint8(offset + 50, LEASE_TYPE_INDEX[observation.leaseType]);
      records.setUint8(offset + 51, Math.min(observation.answerIndex, 255));
      records.setUint32(offset + 52, observation.validLifetime, true);
      records.setUint16(offset + 56, observation.statusCode, true);
      break;
    case 'timeout':
      records.setFloat64(offset + 16, observation.atUs, true);
      break;
  }
}

function putLease(records: DataView, offset: number, lease: Uint8Array): void {
  for (let index = 0; index < lease.length; index++) records.setUint8(offset + 32 + index, lease[index] ?? 0);
  records.setUint8(offset + 48, lease.length);
}

/**
 * Reads a record that `encodeRecord` wrote; undefined if the bytes are no record. The lease is a copy.
 *
 * @param records a view, because reading it is several times as fast as reading a `Buffer`
 */
export function decodeRecord(records: DataView, offset: number): Observation | undefined {
  if (!Number.isFinite(records.getFloat64(offset + 16, true))) return undefined;
  const phase = PHASES[records.getUint8(offset + 2)];
  if (phase === undefined) return undefined;
  const transaction = {
    caseIndex: records.getUint8(offset + 1),
    phase,
    server: records.getUint8(offset + 3),
    client: orNone(records.getUint32(offset + 4, true)),
    attempt: records.getUint16(offset + 12, true),
    transaction: orNone(records.getUint32(offset + 8, true)),
  };
  switch (records.getUint8(offset)) {
    case TYPE.sent:
      return {
        type: 'sent',
        ...transaction,
        intendedAtUs: records.getFloat64(offset + 16, true),
        sentAtUs: records.getFloat64(offset + 24, true),
        retransmission: records.getUint8(offset + 14),
      };
    case TYPE.answer:
      return decodeAnswer(records, offset, transaction);
    case TYPE.timeout:
      return { type: 'timeout', ...transaction, atUs: records.getFloat64(offset + 16, true) };
    default:
      return undefined;
  }
}

type Transaction = Pick<Observation, 'caseIndex' | 'phase' | 'server' | 'client' | 'attempt' | 'transaction'>;

function decodeAnswer(records: DataView, offset: number, transaction: Transaction): Observation | undefined {
  const kind = ANSWER_KINDS[records.getUint8(offset + 14)];
  const leaseType = LEASE_TYPES[records.getUint8(offset + 50)];
  const leaseBytes = records.getUint8(offset + 48);
  if (kind === undefined || leaseType === undefined || !isLeaseLength(leaseBytes)) return undefined;
  const lease = new Uint8Array(leaseBytes);
  for (let i = 0; i < leaseBytes; i++) lease[i] = records.getUint8(offset + 32 + i);
  return {
    type: 'answer',
    ...transaction,
    receivedAtUs: records.getFloat64(offset + 16, true),
    fromServer: records.getUint8(offset + 15),
    kind,
    answerIndex: records.getUint8(offset + 51),
    leaseType,
    lease,
    prefixLength: records.getUint8(offset + 49),
    validLifetime: records.getUint32(offset + 52, true),
    statusCode: records.getUint16(offset + 56, true),
  };
}

function isLeaseLength(bytes: number): boolean {
  return bytes === 0 || bytes === 4 || bytes === 16;
}

function orNone(number: number): number {
  return number === NONE ? -1 : number;
}
