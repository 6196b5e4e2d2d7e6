import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturedExchanges } from './captured.test-support.js';
import * as v4 from './v4/index.js';
import * as v6 from './v6/index.js';

/*
 * A lean reader may leave any datagram to the full decoder. But what it reads must agree with the full decoder: it
 * never reads a datagram that the full decoder refuses, and never finds another client, server or lease.
 */

interface Protocol {
  name: 'v4' | 'v6';
  /** What the lean reader reads; undefined where it leaves the datagram to the full decoder. */
  lean: (datagram: Uint8Array) => object | undefined;
  /** What the full decoder reads; throws for a datagram that is no answer. */
  full: (datagram: Uint8Array) => object;
  /** The names of the captured answers that are plain, so that the lean reader must read them. */
  everyday: RegExp;
}

const lean4 = new v4.LeanReply();
const lean6 = new v6.LeanReply();

const PROTOCOLS: readonly Protocol[] = [
  {
    name: 'v4',
    lean: (datagram) =>
      lean4.read(datagram)
        ? {
            messageType: lean4.messageType,
            xid: lean4.xid,
            leaseTime: lean4.leaseTime,
            yiaddr: [...lean4.yiaddr],
            serverIdentifier: [...lean4.serverIdentifier],
            hardwareAddress: [...lean4.hardwareAddress],
            clientIdentifier: lean4.clientIdentifier && [...lean4.clientIdentifier],
          }
        : undefined,
    full: (datagram) => {
      const reply = v4.readReply(v4.decodeMessage(datagram));
      return {
        messageType: reply.messageType,
        xid: reply.xid,
        leaseTime: reply.leaseTime ?? 0,
        yiaddr: [...reply.yiaddr],
        serverIdentifier: [...reply.serverIdentifier],
        hardwareAddress: [...reply.hardwareAddress],
        clientIdentifier: reply.clientIdentifier && [...reply.clientIdentifier],
      };
    },
    everyday: /^(discover|request)( without client identifier)?$|another client/,
  },
  {
    name: 'v6',
    lean: (datagram) =>
      lean6.read(datagram)
        ? {
            messageType: lean6.messageType,
            xid: lean6.xid,
            rapidCommit: lean6.rapidCommit,
            duid: [...lean6.duid],
            serverDuid: [...lean6.serverDuid],
            ias: [lean6.na, lean6.pd].flatMap((ia) =>
              ia.present
                ? [
                    {
                      type: ia.kind,
                      iaid: ia.iaid,
                      statusCode: ia.statusCode,
                      leases:
                        ia.validLifetime === 0 ? [] : [[...ia.prefix, ia.prefixLength, ia.validLifetime]],
                    },
                  ]
                : [],
            ),
          }
        : undefined,
    full: (datagram) => {
      const reply = v6.readReply(v6.decodeMessage(datagram));
      expect(reply.statusCode).toBe(0);
      return {
        messageType: reply.messageType,
        xid: reply.xid,
        rapidCommit: reply.rapidCommit,
        duid: [...reply.duid],
        serverDuid: [...reply.serverDuid],
        ias: reply.ias
          .toSorted((one, other) => one.type.localeCompare(other.type))
          .map((ia) => ({
            type: ia.type,
            iaid: ia.iaid,
            statusCode: ia.statusCode,
            leases: v6
              .grantedLeases(ia)
              .map(({ prefix, prefixLength, validLifetime }) => [...prefix, prefixLength, validLifetime]),
          })),
      };
    },
    everyday: /^(solicit|request) IA_(NA|PD)( and IA_PD)?( with the pools exhausted)?$|rapid commit/,
  },
];

describe.each(PROTOCOLS)('the lean reader of $name', ({ name, lean, full, everyday }) => {
  const replies = capturedExchanges(name).flatMap(({ name: what, reply }) =>
    reply === undefined ? [] : [{ what, reply }],
  );

  it.each(replies)('agrees with the full decoder about a real answer: to $what', ({ what, reply }) => {
    const said = lean(reply);
    if (everyday.test(what)) expect(said).toBeDefined();
    if (said !== undefined) expect(said).toEqual(full(reply));
  });

  it('does not read a message of a client', () => {
    for (const { request } of capturedExchanges(name)) expect(lean(request)).toBeUndefined();
  });

  it('does not read an answer that was cut', () => {
    for (const { reply } of replies) {
      for (let length = 0; length < reply.length; length++) {
        const cut = reply.subarray(0, length);
        if (lean(cut) !== undefined) expect(lean(cut)).toEqual(full(cut));
      }
    }
  });

  const samples = fc.constantFrom(...replies.map(({ reply }) => reply));
  const mutations = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });

  it('never contradicts the full decoder about a damaged answer', () => {
    let taken = 0;
    fc.assert(
      fc.property(samples, mutations, (sample, changes) => {
        const datagram = sample.slice();
        for (const [place, value] of changes) {
          // Most of a DHCPv4 message is fields in which any byte is valid. So half of the changes go into the
          // options.
          const at = name === 'v4' && place % 2 === 0 ? 240 + (place % (datagram.length - 240)) : place;
          datagram[at % datagram.length] = value;
        }
        const said = lean(datagram);
        if (said === undefined) return;
        taken++;
        expect(said).toEqual(full(datagram));
      }),
      { numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(2_000);
  });

  it('never contradicts the full decoder about two answers spliced', () => {
    fc.assert(
      fc.property(samples, samples, fc.nat(), fc.nat(), (head, tail, cut, from) => {
        const datagram = Buffer.concat([
          head.subarray(0, cut % head.length),
          tail.subarray(from % tail.length),
        ]);
        const said = lean(datagram);
        if (said !== undefined) expect(said).toEqual(full(datagram));
      }),
      { numRuns: 20_000 },
    );
  });

  it('never contradicts the full decoder about random bytes', () => {
    fc.assert(
      fc.property(samples, fc.uint8Array({ maxLength: 120 }), (sample, garbage) => {
        const header = sample.subarray(0, name === 'v4' ? 240 : 38);
        for (const datagram of [garbage, Buffer.concat([header, garbage])]) {
          const said = lean(datagram);
          if (said !== undefined) expect(said).toEqual(full(datagram));
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('the client that an answer is for', () => {
  const [first] = capturedExchanges('v4');
  const identity = {
    hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, 1),
    clientIdentifier: new Uint8Array(Buffer.from('ff0000000100020000ab1100ff42', 'hex')),
  };

  it('is recognised by every byte of hardware address and client identifier', () => {
    expect(lean4.read(first?.reply ?? new Uint8Array())).toBe(true);
    expect(lean4.isFor(identity)).toBe(true);
    for (const part of ['hardwareAddress', 'clientIdentifier'] as const) {
      for (let at = 0; at < identity[part].length; at++) {
        const other = identity[part].slice();
        other[at] = (other[at] ?? 0) ^ 1;
        expect(lean4.isFor({ ...identity, [part]: other })).toBe(false);
      }
      expect(lean4.isFor({ ...identity, [part]: identity[part].subarray(1) })).toBe(false);
    }
  });

  it('is recognised by every byte of the DUID and by the IAIDs', () => {
    const { reply } = capturedExchanges('v6').find(({ name }) => name === 'solicit IA_NA and IA_PD') ?? {};
    expect(lean6.read(reply ?? new Uint8Array())).toBe(true);
    const duid = lean6.duid.slice();
    const { iaid } = lean6.na;
    expect(lean6.isFor({ duid, iaid })).toBe(true);
    expect(lean6.isFor({ duid, iaid: iaid + 1 })).toBe(false);
    for (let at = 0; at < duid.length; at++) {
      const other = duid.slice();
      other[at] = (other[at] ?? 0) ^ 1;
      expect(lean6.isFor({ duid: other, iaid })).toBe(false);
    }
  });
});
