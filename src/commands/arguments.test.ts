import { describe, expect, it } from 'vitest';
import { requireAllUnderstood } from './arguments.js';

const PARSED = { quick: false, set: ['load.ratePerServer=1'], out: '--' };

describe('the command line', () => {
  it.each([
    [['run', '--', '--quick'], '--quick stands behind'],
    [['--', 'run', 'staggered'], 'run staggered stands behind'],
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
  ])('%j is taken', (given) => {
    expect(() => requireAllUnderstood(given, PARSED)).not.toThrow();
  });
});
