import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observations, sent } from '../observation.test-support.js';
import { decodeRecord, encodeRecord, RECORD_BYTES } from './record.js';

describe('a record', () => {
  it('holds 64 bytes', () => expect(RECORD_BYTES).toBe(64));

  it('gives back every observation', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        const buffer = Buffer.alloc(RECORD_BYTES);
        encodeRecord(observation, view(buffer), 0);
        expect(decodeRecord(view(buffer), 0)).toEqual(observation);
      }),
      { numRuns: 1_000 },
    );
  });

  it('changes no byte but its own 64, at any offset', () => {
    fc.assert(
      fc.property(observations, fc.nat(3), (observation, place) => {
        const buffer = Buffer.alloc(4 * RECORD_BYTES);
        encodeRecord(observation, view(buffer), place * RECORD_BYTES);
        expect(decodeRecord(view(buffer), place * RECORD_BYTES)).toEqual(observation);
        buffer.fill(0, place * RECORD_BYTES, (place + 1) * RECORD_BYTES);
        expect(buffer.equals(Buffer.alloc(buffer.length))).toBe(true);
      }),
    );
  });

  it('has the documented bytes', () => {
    const buffer = Buffer.alloc(RECORD_BYTES);
    encodeRecord(
      {
        type: 'answer',
        caseIndex: 1,
        phase: 'REQUEST-REPLY',
        server: 2,
        client: 0x0102_0304,
        attempt: 5,
        transaction: -1,
        receivedAtUs: 1,
        fromServer: 3,
        kind: 'no-lease',
        answerIndex: 4,
        leaseType: 'prefix',
        lease: Uint8Array.from({ length: 16 }, (_, index) => index + 1),
        prefixLength: 64,
        validLifetime: 0xffff_ffff,
        statusCode: 6,
      },
      view(buffer),
      0,
    );
    expect(buffer.toString('hex')).toBe(
      [
        '02' + '01' + '03' + '02', // answer, case, phase, server
        '04030201' + 'ffffffff', // client, no transaction
        '0500' + '02' + '03', // attempt, no-lease, from server
        '000000000000f03f' + '0000000000000000', // received at 1.0
        '0102030405060708090a0b0c0d0e0f10', // lease
        '10' + '40' + '01' + '04', // its bytes, prefix length, prefix, answer index
        'ffffffff' + '0600' + '000000000000', // valid lifetime, status code
      ].join(''),
    );
  });

  it('stops counting answers and retransmissions at 255', () => {
    const buffer = Buffer.alloc(RECORD_BYTES);
    encodeRecord({ ...sent(0), retransmission: 1_000 } as never, view(buffer), 0);
    expect(decodeRecord(view(buffer), 0)).toMatchObject({ retransmission: 255 });
  });

  // type, phase, answer kind, bytes of the lease, lease type
  it.each([
    [0, 0],
    [0, 4],
    [2, 200],
    [14, 200],
    [48, 5],
    [50, 2],
  ])('is invalid with byte %i set to %i', (at, value) => {
    const buffer = Buffer.alloc(RECORD_BYTES);
    buffer[0] = 2;
    expect(decodeRecord(view(buffer), 0)).toBeDefined();
    buffer[at] = value;
    expect(decodeRecord(view(buffer), 0)).toBeUndefined();
  });
});

function view(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
}
