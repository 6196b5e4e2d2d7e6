import { expect, it } from 'vitest';
import * as v6 from '../../src/dhcp/v6/index.js';
import { controlledRun, failedChecks, witnessesOf } from './controlled-run.js';
import { onEachReply, prefixOf } from './forged-answers.js';

it.concurrent('finds a delegated prefix inside another client’s', async () => {
  let first: Uint8Array | undefined;
  const result = await controlledRun('dhcp6-ia-pd', () => ({
    reply: onEachReply((reply, number) => {
      const option = prefixOf(reply);
      first ??= option.prefix;
      if (number === 5) Object.assign(option, { prefix: first, prefixLength: 80 });
      return [reply];
    }),
  }));
  expect(failedChecks(result)).toEqual(['conformance.overlappingLeases', 'audit.stored', 'audit.untold']);
  expect(witnessesOf(result, 'overlapping')).toEqual([{ lease: '2001:db8:8000::/80', holders: 2 }]);
  expect(result.cases[0]).toMatchObject({ heldConcurrently: 0 });
});

it.concurrent('finds exactly one duplicate REPLY', async () => {
  let first: v6.IaPrefixOption | undefined;
  const result = await controlledRun('dhcp6-ia-pd', () => ({
    reply: onEachReply((reply, number) => {
      const option = prefixOf(reply);
      first ??= { ...option };
      if (number === 5) Object.assign(option, { prefix: first.prefix });
      return [reply];
    }),
  }));
  expect(failedChecks(result)).toEqual(['conformance.heldConcurrently', 'audit.identity', 'audit.untold']);
});
