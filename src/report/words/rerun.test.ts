import { describe, expect, it } from 'vitest';
import { rerunArguments, suiteArguments } from './rerun.js';

const of = (argv: string[], name = 'published-galera') =>
  rerunArguments({ scenario: { name, effective: {}, seed: 7, argv }, source: null });

describe('the command that repeats a run', () => {
  it.each([
    [[], 'run published-galera --set seed=7'],
    [['run', '--quick'], 'run published-galera --quick --set seed=7'],
    [
      ['run', './mine.yaml', '--out', '/tmp/x', '--keep', '--capture'],
      'run ./mine.yaml --capture --set seed=7',
    ],
    [['--out=/tmp/x', '--report', 'none', '--quick'], 'run published-galera --quick --set seed=7'],
    [
      ['run', '--set', 'seed=1', '--set=load.arrival=poisson'],
      'run published-galera --set load.arrival=poisson --set seed=7',
    ],
    [
      ['run', '--set', 'checks=[dhcp4.REQUEST-ACK.p99 < 50ms]'],
      "run published-galera --set 'checks=[dhcp4.REQUEST-ACK.p99 < 50ms]' --set seed=7",
    ],
    [['run', '--set', "a=it's"], "run published-galera --set 'a=it'\\''s' --set seed=7"],
    [['run', 'staggered', 'published-galera', '--quick'], 'run published-galera --quick --set seed=7'],
    [['run', '--quick', '--repeat', '5'], 'run published-galera --quick --set seed=7'],
    [['run', '--quick=false', '--no-capture'], 'run published-galera --no-quick --no-capture --set seed=7'],
    [['run', '--set=-x=1'], 'run published-galera --set=-x=1 --set seed=7'],
    [['run', '--of-a-later-version'], 'run published-galera --of-a-later-version --set seed=7'],
    [['run', '--all', '--quick', '--events', 'x', '--quiet'], 'run published-galera --quick --set seed=7'],
  ])('%j', (argv, expected) => expect(of(argv)).toBe(expected));

  it('is undefined for recorded exchanges', () => {
    const scenario = { name: '3 perfdhcp logs', effective: {}, seed: null, argv: ['analyze', 'a.out'] };
    const source = { kind: 'perfdhcp' as const, files: ['a.out'], untold: [], notes: [] };
    expect(rerunArguments({ scenario, source })).toBeUndefined();
  });
});

it('the command of a suite repeats the whole suite, without --out', () => {
  const argv = ['run', '--all', '--quick', '--out', '/tmp/x', '--set', 'cases=[dhcp4]', '--report=html'];
  expect(suiteArguments(argv)).toBe("run --all --quick --set 'cases=[dhcp4]'");
  const search = [
    'find-limit',
    'a',
    '--out',
    'x',
    '--from',
    '5',
    '--quiet',
    '--inconclusive=fail',
    '--set',
    'cases=[dhcp4]',
  ];
  expect(suiteArguments(search)).toBe("find-limit a --from 5 --set 'cases=[dhcp4]'");
  expect(suiteArguments(['run', 'a', '--repeat', '3', '--baseline'])).toBe('run a --repeat 3');
});
