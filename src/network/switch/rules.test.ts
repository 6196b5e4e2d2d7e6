import { expect, it } from 'vitest';
import { readMet, ruleset } from './rules.js';

const portsOf = (machine: string) => [`to-${machine}`];

it('drops what comes from one port and goes to another, all of it or a share by chance', () => {
  const text = ruleset(
    [
      { from: 'node-1', to: 'node-2', effect: { losePercent: 100 } },
      { from: 'node-2', to: 'node-1', effect: { losePercent: 12.5 } },
    ],
    portsOf,
  );
  expect(text.split('\n').filter((line) => line.includes('iifname'))).toEqual([
    '    iifname { "to-node-1" } oifname { "to-node-2" } counter',
    '    iifname { "to-node-1" } oifname { "to-node-2" } counter drop',
    '    iifname { "to-node-2" } oifname { "to-node-1" } counter',
    '    iifname { "to-node-2" } oifname { "to-node-1" } numgen random mod 1000000 < 125000 counter drop',
  ]);
});

it('replaces all rules before in one transaction', () => {
  expect(ruleset([], portsOf).split('\n').slice(0, 3)).toEqual([
    'table bridge conformance',
    'delete table bridge conformance',
    'table bridge conformance {',
  ]);
});

it('reads the counters of nft 1.0.6, of a cut and of a loss', () => {
  const match = { match: { op: '==', left: { meta: { key: 'iifname' } }, right: 'port1' } };
  const rule = (packets: number, ...more: object[]) => ({
    rule: {
      family: 'bridge',
      table: 'conformance',
      expr: [match, ...more, { counter: { packets, bytes: 99 } }],
    },
  });
  const json = JSON.stringify({
    nftables: [
      { metainfo: { version: '1.0.6' } },
      { table: { family: 'bridge', name: 'conformance' } },
      ...[rule(7), rule(7), rule(40), rule(12, match)],
    ],
  });
  const rules = [
    { from: 'node-1', to: 'node-2', effect: { losePercent: 100 } },
    { from: 'node-2', to: 'node-1', effect: { losePercent: 30 } },
  ];
  expect(readMet(json, rules)).toEqual([
    { from: 'node-1', to: 'node-2', packets: 7, dropped: 7 },
    { from: 'node-2', to: 'node-1', packets: 40, dropped: 12 },
  ]);
});
