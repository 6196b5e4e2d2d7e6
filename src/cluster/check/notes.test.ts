import { expect, it } from 'vitest';
import { healthyNode } from './facts.test-support.js';
import { voteNotes } from './notes.js';

const nodes = (...weights: readonly (number | undefined)[]) =>
  weights.map((weight, index) =>
    healthyNode(index + 1, {
      variables:
        weight === undefined
          ? {}
          : { wsrep_provider_options: `gmcast.segment = 0; pc.weight = ${weight}; x = 1` },
    }),
  );

it('says nothing of nodes that have a vote each, or do not tell', () => {
  expect(voteNotes(nodes(1, 1, 1))).toEqual([]);
  expect(voteNotes(nodes(undefined, undefined))).toEqual([]);
});

it('names the node that stops all others when it fails', () => {
  const [first, second] = nodes(1, 3, 1);
  expect(voteNotes(nodes(1, 3, 1))).toEqual([
    expect.stringMatching(
      new RegExp(`${first?.name} 1, ${second?.name} 3, .* where ${second?.name} fails, all others stop`),
    ),
  ]);
  expect(voteNotes(nodes(2, 2, 1))[0]).toContain('count them');
});
