import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { StartedServer } from '../../src/kea/model.js';
import * as v4 from '../../src/dhcp/v4/index.js';
import { controlledRun, failedChecks, witnessesOf } from './controlled-run.js';
import { onEachAck } from './forged-answers.js';

/** In the pool, and never given by Kea in so short a run. */
const UNUSED = '10.200.0.1';

/** Of the run's REQUESTs: after it no server can give away what it did not store. */
const LAST = 18;

/** The fifth ACK names the lease of the first, whatever else happens to it. */
function duplicateOfTheFirst(further: (forged: v4.Dhcp4Message) => Promise<void> | void = () => undefined) {
  let first: Uint8Array;
  return onEachAck(async (ack, number) => {
    if (number === 1) first = ack.yiaddr;
    if (number !== 5) return [ack];
    const forged = { ...ack, yiaddr: first };
    await further(forged);
    return [forged];
  });
}

it.concurrent('finds exactly one duplicate ACK', async () => {
  const result = await controlledRun('dhcp4', () => ({ reply: duplicateOfTheFirst() }));
  expect(failedChecks(result)).toEqual(['conformance.heldConcurrently', 'audit.identity', 'audit.untold']);
  expect(witnessesOf(result, 'held-concurrently')).toEqual([{ lease: '10.1.0.0', holders: 2 }]);
});

it.concurrent('finds one that arrives when the client has given up waiting for it', async () => {
  const result = await controlledRun('dhcp4', () => ({ reply: duplicateOfTheFirst(() => sleep(1_300)) }));
  expect(result.cases[0]?.phases[1]?.outcomes).toMatchObject({ late: 1 });
  expect(failedChecks(result)).toEqual(['conformance.heldConcurrently']);
  expect(witnessesOf(result, 'held-concurrently')).toEqual([{ lease: '10.1.0.0', holders: 2 }]);
});

it.concurrent('finds one on a retry', async () => {
  const attempts = new Map<string, number>();
  let first: Uint8Array | undefined;
  const result = await controlledRun('dhcp4', () => ({
    reply: onEachAck((ack, number) => {
      first ??= ack.yiaddr;
      const client = String(ack.options.get(v4.OPTION.clientIdentifier));
      attempts.set(client, (attempts.get(client) ?? 0) + 1);
      if (number === 5) return [];
      return [attempts.get(client) === 2 ? { ...ack, yiaddr: first } : ack];
    }),
  }));
  expect(failedChecks(result)).toEqual(['conformance.heldConcurrently', 'audit.identity']);
  expect(witnessesOf(result, 'held-concurrently')).toEqual([{ lease: '10.1.0.0', holders: 2 }]);
});

it.concurrent('finds one extra answer with another lease', async () => {
  const result = await controlledRun('dhcp4', () => ({
    reply: onEachAck((ack, number) =>
      number === 5 ? [ack, { ...ack, yiaddr: v4.parseIpv4(UNUSED) }] : [ack],
    ),
  }));
  expect(witnessesOf(result, 'extra-answer')).toEqual([{ lease: UNUSED, holders: 1 }]);
  expect(result.cases[0]).toMatchObject({ heldConcurrently: 0 });
  expect(failedChecks(result)).toEqual(['audit.stored', 'audit.counters']);
});

it.concurrent('finds an answer with another client’s identity', async () => {
  let first: v4.Dhcp4Message | undefined;
  const result = await controlledRun('dhcp4', () => ({
    reply: onEachAck((ack, number) => {
      first ??= ack;
      return [number === 5 ? { ...ack, chaddr: first.chaddr, options: withIdentityOf(first, ack) } : ack];
    }),
  }));
  expect(failedChecks(result)).toEqual(['conformance.wrongClient']);
  expect(result.cases[0]).toMatchObject({ heldConcurrently: 0 });
});

it.concurrent('finds an ACK that was never stored', async () => {
  const offers = new Map<number, v4.Dhcp4Message>();
  let requests = 0;
  let inject: (server: StartedServer, datagram: Uint8Array) => void = () => undefined;
  const result = await controlledRun('dhcp4', () => ({
    ready: (given) => (inject = given),
    reply: (datagram) => {
      const message = v4.decodeMessage(datagram);
      if (v4.messageType(message) === v4.MESSAGE_TYPE.offer) offers.set(message.xid, message);
      return [datagram];
    },
    // The server never hears of the last REQUEST; somebody else says yes.
    request: (datagram, server) => {
      const message = v4.decodeMessage(datagram);
      const offer = offers.get(message.xid);
      if (offer === undefined || v4.messageType(message) !== v4.MESSAGE_TYPE.request || ++requests !== LAST) {
        return [datagram];
      }
      const ack = new Map([
        ...offer.options,
        [v4.OPTION.messageType, Uint8Array.of(v4.MESSAGE_TYPE.ack)] as const,
      ]);
      inject(server, v4.encodeMessage({ ...offer, options: ack }));
      return [];
    },
  }));
  expect(failedChecks(result)).toEqual(['audit.stored', 'audit.counters']);
});

it.concurrent('finds answers that were sent and never came', async () => {
  const result = await controlledRun('dhcp4', () => ({
    reply: onEachAck((ack, number) => (number === 5 ? [] : [ack])),
  }));
  expect(failedChecks(result)).toEqual([]);
  expect(result.verdict).toBe('inconclusive');
  expect(result.checks.filter(({ verdict }) => verdict === 'inconclusive').map(({ name }) => name)).toEqual([
    'load.lost',
  ]);
  expect(result.cases[0]?.phases[1]?.outcomes).toMatchObject({ timeout: 1, lease: 18 });
});

function withIdentityOf(other: v4.Dhcp4Message, message: v4.Dhcp4Message): v4.Options {
  const identifier = other.options.get(v4.OPTION.clientIdentifier) ?? new Uint8Array();
  return new Map([...message.options, [v4.OPTION.clientIdentifier, identifier]]);
}
