import { expect, it } from 'vitest';
import { ruleset } from './rules.js';

const portsOf = (machine: string) => [`to-${machine}`];

it('drops what comes from one port and goes to another, all of it or a share by chance', () => {
  const text = ruleset(
    [
      { from: 'node-1', to: 'node-2', effect: { losePercent: 100 } },
      { from: 'node-2', to: 'node-1', effect: { losePercent: 12.5 } },
    ],
    portsOf,
  );
  expect(text.split('\n').filter((line) => line.includes('drop'))).toEqual([
    '    iifname { "to-node-1" } oifname { "to-node-2" } drop',
    '    iifname { "to-node-2" } oifname { "to-node-1" } numgen random mod 1000000 < 125000 drop',
  ]);
});

it('replaces all rules before in one transaction', () => {
  expect(ruleset([], portsOf).split('\n').slice(0, 3)).toEqual([
    'table bridge conformance',
    'delete table bridge conformance',
    'table bridge conformance {',
  ]);
});
