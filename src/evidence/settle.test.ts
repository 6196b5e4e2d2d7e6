import { describe, expect, it } from 'vitest';
import { areSettled, settle } from './settle.js';

const at = (lastCommitted: number | null, receiveQueue: number | null = 0) => ({
  seen: { lastCommitted, receiveQueue },
});

describe('nodes have come to rest', () => {
  it.each([
    ['at the same write set with nothing waiting', [at(7), at(7), at(7)], true],
    ['not while one is behind', [at(7), at(6), at(7)], false],
    ['not while one has write sets waiting', [at(7), at(7, 1)], false],
    ['without replication, always', [at(null, null), at(null, null)], true],
    ['as far as they answer', [at(7), { failed: 'gone' }, at(7)], true],
  ])('%s', (_what, states, settled) => {
    expect(areSettled(states)).toBe(settled);
  });

  it('and a node that is gone is reported', async () => {
    const admin = { host: '127.0.0.1', port: 1, user: 'x', password: 'x', database: 'x' };
    const settling = await settle([{ name: 'node-1', admin }], {
      timeoutMs: 100,
      signal: new AbortController().signal,
    });
    expect(settling.nodes[0]?.state).toHaveProperty('failed');
  });
});
