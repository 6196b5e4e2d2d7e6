import { describe, expect, it } from 'vitest';
import { requireAllUnderstood, requireNumbers } from './arguments.js';
import { commandLine } from './command-line.js';

const PARSED = { quick: false, set: ['load.ratePerServer=1'], out: '--' };

describe('arguments of the command line', () => {
  it.each([
    [['run', '--', '--quick'], '--quick comes after'],
    [['--', 'run', 'staggered'], 'run staggered comes after'],
    [['run', '--quick=maybe'], '--quick is a flag'],
    [['run', '--no-quick=1'], '--quick is a flag'],
    [['run', '--quick='], '--quick is a flag'],
  ])('%j is refused', (given, why) => {
    expect(() => requireAllUnderstood(given, PARSED)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(why) as string }) as Error,
    );
  });

  it.each([
    [['run', '--quick']],
    [['run', '--quick=true', '--quick=false']],
    [['run', '--set=load.ratePerServer=1', '--set', 'load.arrival=aligned']],
    [['run', '--quick', '--']],
  ])('%j is accepted', (given) => {
    expect(() => requireAllUnderstood(given, PARSED)).not.toThrow();
  });
});

describe('a number option', () => {
  it.each([
    [['run', '--repeat', 'x'], '--repeat x is no number'],
    [['run', '--retry-inconclusive=2y'], '--retry-inconclusive 2y is no number'],
    [['find-limit', '--from', 'x'], '--from x is no number'],
    [['find-limit', '--max-no-answer', '2%'], '--max-no-answer 2% is no number'],
    [['analyze', 'a.pcap', '--declined-for', '1d'], '--declined-for 1d is no number'],
    [['analyze', 'a.pcap', '--declined-for', ''], "--declined-for '' is no number"],
    [['analyze', 'a.pcap', '--prefix-length', '/64'], '--prefix-length /64 is no number'],
    [['analyze', 'a.pcap', '--port', '67', '--port=67,68'], '--port 67,68 is no number'],
    [['clean', '--keep-last', 'x'], '--keep-last x is no number'],
    [['clean', '--keep-days', 'x'], '--keep-days x is no number'],
    [['cluster', 'plan', '--flavor', 'galera', '--addresses', 'a', '--nodes', 'x'], '--nodes x is no number'],
    [['cluster', 'check', '--nodes', 'a', '--timeout', '5s'], '--timeout 5s is no number'],
    [['cluster', 'check', '--nodes', 'a', '--arbitrators', 'x'], '--arbitrators x is no number'],
  ])('%j is refused, and the message quotes it', async (words, why) => {
    const parsing = async () => commandLine(words).parseAsync();
    await expect(parsing()).rejects.toThrow(
      expect.objectContaining({ code: 'USAGE', message: why }) as Error,
    );
  });

  it.each([
    [['--port', '1067', '--port=0x43'], { port: [1067, 0x43] }],
    [['--from', '0.5'], { from: 0.5 }],
    [['--set', 'x'], { set: ['x'] }],
    [['--quick', 'staggered'], { quick: true }],
  ])('%j is accepted', (given, parsed) => {
    expect(() => requireNumbers(given, parsed)).not.toThrow();
  });
});
