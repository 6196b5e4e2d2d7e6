import fc from 'fast-check';
import { PHASES } from '../protocol/phases.js';
import { ANSWER_KINDS, type Layout, type Observation } from './observation.js';

export const LAYOUT: Layout = {
  cases: [
    {
      name: 'dhcp4',
      leaseType: 'address',
      phases: ['DISCOVER-OFFER', 'REQUEST-ACK'],
      servers: ['server-1', 'server-2'],
      clients: 4,
    },
  ],
};

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
/** -1 for none; else a number below 0xffffffff, which stands for none in a record. */
const numberOrNone = fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 0xffff_fffe }));
const time = fc.double({ noNaN: true, noDefaultInfinity: true });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const transaction = {
  caseIndex: u8,
  phase: fc.constantFrom(...PHASES),
  server: u8,
  client: numberOrNone,
  attempt: u16,
  transaction: numberOrNone,
};

/** Any observation that a record can store. */
export const observations: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({
    type: fc.constant('sent' as const),
    ...transaction,
    intendedAtUs: time,
    sentAtUs: time,
    retransmission: u8,
  }),
  fc.record({
    type: fc.constant('answer' as const),
    ...transaction,
    receivedAtUs: time,
    fromServer: u8,
    kind: fc.constantFrom(...ANSWER_KINDS),
    answerIndex: u8,
    leaseType: fc.constantFrom('address' as const, 'prefix' as const),
    lease: fc.oneof(bytes(0), bytes(4), bytes(16)),
    prefixLength: u8,
    validLifetime: u32,
    statusCode: u16,
  }),
  fc.record({ type: fc.constant('timeout' as const), ...transaction, atUs: time }),
);

/** A DISCOVER whose client and transaction have this number. */
export function sent(transactionNumber: number): Observation {
  return {
    type: 'sent',
    caseIndex: 0,
    phase: 'DISCOVER-OFFER',
    server: 0,
    client: transactionNumber,
    attempt: 1,
    transaction: transactionNumber,
    intendedAtUs: 1_000 * transactionNumber,
    sentAtUs: 1_000 * transactionNumber + 1,
    retransmission: 0,
  };
}
