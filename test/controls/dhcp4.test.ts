import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import * as v4 from '../../src/dhcp/v4/index.js';
import { controlledRun, failedChecks, witnessesOf } from './controlled-run.js';
import { onEachAck } from './forged-answers.js';

/** In the pool, and never given by Kea in so short a run. */
const UNUSED = '10.200.0.1';

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

it('finds exactly one duplicate ACK', async () => {
  const result = await controlledRun('dhcp4', () => ({ reply: duplicateOfTheFirst() }));
  expect(failedChecks(result)).toEqual(expect.arrayContaining(['conformance.heldConcurrently: 1']));
  expect(witnessesOf(result, 'held-concurrently')).toEqual([{ lease: '10.1.0.0', holders: 2 }]);
});

it('finds one that arrives when the client has given up waiting for it', async () => {
  const result = await controlledRun('dhcp4', () => ({ reply: duplicateOfTheFirst(() => sleep(1_300)) }));
  expect(result.cases[0]?.phases[1]?.outcomes).toMatchObject({ late: 1 });
  expect(witnessesOf(result, 'held-concurrently')).toEqual([{ lease: '10.1.0.0', holders: 2 }]);
});

it('finds one on a retry', async () => {
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
  expect(witnessesOf(result, 'held-concurrently')).toEqual([{ lease: '10.1.0.0', holders: 2 }]);
});

it('finds one extra answer with another lease', async () => {
  const result = await controlledRun('dhcp4', () => ({
    reply: onEachAck((ack, number) =>
      number === 5 ? [ack, { ...ack, yiaddr: v4.parseIpv4(UNUSED) }] : [ack],
    ),
  }));
  expect(witnessesOf(result, 'extra-answer')).toEqual([{ lease: UNUSED, holders: 1 }]);
  expect(result.cases[0]).toMatchObject({ heldConcurrently: 0 });
  expect(result.verdict).toBe('fail');
});

it('finds an answer with another client’s identity', async () => {
  let first: v4.Dhcp4Message | undefined;
  const result = await controlledRun('dhcp4', () => ({
    reply: onEachAck((ack, number) => {
      first ??= ack;
      return [number === 5 ? { ...ack, chaddr: first.chaddr, options: withIdentityOf(first, ack) } : ack];
    }),
  }));
  expect(failedChecks(result)).toContain('conformance.wrongClient: 1');
  expect(result.cases[0]).toMatchObject({ heldConcurrently: 0 });
});

it('finds an ACK that was never stored', async () => {
  let acks = 0;
  const result = await controlledRun('dhcp4', () => ({
    reply: onEachAck((ack) => [++acks === 5 ? { ...ack, yiaddr: v4.parseIpv4(UNUSED) } : ack]),
  }));
  expect(failedChecks(result)).toEqual([expect.stringMatching(/^audit\./)]);
  expect(result.cases[0]).toMatchObject({ heldConcurrently: 0 });
});

function withIdentityOf(other: v4.Dhcp4Message, message: v4.Dhcp4Message): v4.Options {
  const identifier = other.options.get(v4.OPTION.clientIdentifier) ?? new Uint8Array();
  return new Map([...message.options, [v4.OPTION.clientIdentifier, identifier]]);
}
