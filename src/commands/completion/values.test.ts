import { describe, expect, it } from 'vitest';
import { everyHelp } from '../../reference/help.js';
import { completedValues, FLAGS } from './values.js';

describe('values that are completed', () => {
  it.each<[words: string[], offered: string[], not: string[]]>([
    [['run', ''], ['published-galera', 'kea-versions'], ['run']],
    [['run', 'staggered', 'neg'], ['negative-control'], []],
    [['run', '--quick', ''], ['staggered'], []],
    [['find-limit', '--quick', ''], ['high-rate'], ['stress']],
    [['baseline', 'show', ''], ['staggered'], []],
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

  it.each([
    [['']],
    [['ru']],
    [['run', '--qu']],
    [['run', '--out', 're']],
    [['analyze', '']],
    [['baseline', '']],
    [['run']],
  ])('%j is left to yargs', (words) => expect(completedValues(words)).toBeUndefined());

  it('offers nothing where any value may be', () => {
    expect(completedValues(['run', '--set', 'load.ratePerServer='])).toEqual([]);
    expect(completedValues(['run', '--set', 'no.such.path='])).toEqual([]);
  });

  it('knows every flag of the commands that take names of scenarios', async () => {
    const helps = (await everyHelp(1_000)).filter(({ command }) =>
      /^(run|find-limit|baseline .*)$/.test(command),
    );
    const flags = helps.flatMap(({ text }) =>
      Array.from(text.matchAll(/^ +(--[a-z-]+) .*\[boolean\]/gm), ([, flag]) => flag),
    );
    const own = new Set(flags.filter((flag) => flag !== '--help' && flag !== '--version'));
    expect([...FLAGS].sort()).toEqual([...own].sort());
  });
});
