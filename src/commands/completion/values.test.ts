import { describe, expect, it } from 'vitest';
import { everyHelp } from '../../reference/help.js';
import { completedValues, FLAGS_OF_RUN } from './values.js';

describe('values that are completed', () => {
  it.each<[words: string[], offered: string[], not: string[]]>([
    [['run', ''], ['published-galera', 'kea-versions'], ['run']],
    [['run', 'staggered', 'neg'], ['negative-control'], []],
    [['run', '--quick', ''], ['staggered'], []],
    [
      ['run', '--set', ''],
      ['load.arrival=', 'servers.0.node=', 'published='],
      ['name', 'cluster.settings.NAME='],
    ],
    [['run', '--set', 'load.arrival='], ['load.arrival=poisson'], ['load.arrival=']],
    [['run', '--set', 'load.retransmit=t'], ['load.retransmit=true', 'load.retransmit=false'], []],
    [['--set=kea.allocator=r'], ['--set=kea.allocator=random'], []],
    [['report', 'reports/latest', '--report', 'h'], ['html', 'none'], []],
    [['run', '--report=html,j'], ['--report=html,junit'], ['--report=html,html', '--report=html,none']],
  ])('%j', (words, offered, not) => {
    expect(completedValues(words)).toEqual(expect.arrayContaining(offered));
    for (const one of not) expect(completedValues(words)).not.toContain(one);
  });

  it.each([[['']], [['ru']], [['run', '--qu']], [['run', '--out', 're']], [['analyze', '']], [['run']]])(
    '%j is left to others',
    (words) => expect(completedValues(words)).toBeUndefined(),
  );

  it('offers nothing where any value may be', () => {
    expect(completedValues(['run', '--set', 'load.ratePerServer='])).toEqual([]);
    expect(completedValues(['run', '--set', 'no.such.path='])).toEqual([]);
  });

  it('knows the flags of run', async () => {
    const help = (await everyHelp(1_000)).find(({ command }) => command === 'run')?.text ?? '';
    const flags = Array.from(help.matchAll(/^ +(--[a-z-]+) .*\[boolean\]/gm), ([, flag]) => flag);
    expect(FLAGS_OF_RUN).toEqual(flags.filter((flag) => flag !== '--help' && flag !== '--version'));
  });
});
