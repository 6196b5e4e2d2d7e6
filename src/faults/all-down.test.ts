import { describe, expect, it } from 'vitest';
import type { Abilities } from './abilities.js';
import { ALL_DOWN } from './all-down.js';

describe('all nodes that were killed', () => {
  it('begin again from the one with the last transaction, and only then are the others started', async () => {
    const done: string[] = [];
    const node = (name: string, last: number): Abilities => ({
      recover: () => Promise.resolve(last),
      startFirst: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        done.push(`${name} begins`);
      },
      start: () => Promise.resolve(void done.push(`${name} joins`)),
    });
    const nodes = [node('node-1', 7), node('node-2', 12), node('node-3', 12)];
    await ALL_DOWN.undoing?.begin(nodes, new AbortController().signal);
    expect(done).toEqual(['node-2 begins', 'node-1 joins', 'node-3 joins']);
  });
});
