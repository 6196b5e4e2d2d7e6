import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

interface Refused {
  what: string;
  args: string[];
  code: number;
  /** The output that names the mistake. */
  says: RegExp;
}

const REFUSED: Refused[] = [
  {
    what: 'an unknown key',
    args: ['run', 'unknown-key.yaml'],
    code: 64,
    says: /unknown-key\.yaml:4:3.*ratePerServer/s,
  },
  { what: 'a rate of -1', args: ['run', 'rate.yaml'], code: 64, says: /rate\.yaml:4:\d+.*ratePerServer/s },
  { what: 'an empty file', args: ['run', 'empty.yaml'], code: 64, says: /empty\.yaml:1:1.*empty/s },
  { what: 'a directory', args: ['run', './directory'], code: 64, says: /directory.*name a/s },
  { what: 'tabs', args: ['run', 'tabs.yaml'], code: 64, says: /tabs\.yaml:4:1.*indent with spaces/s },
  { what: 'a missing file', args: ['run', './missing.yaml'], code: 64, says: /missing\.yaml/ },
  { what: 'a missing scenario', args: ['run', 'publishd-galera'], code: 64, says: /published-galera/ },
  {
    what: 'a --set of an unknown key',
    args: smallRun({ 'load.ratePerSever': 1 }),
    code: 64,
    says: /load\.ratePerSever=1.*load\.ratePerServer/s,
  },
  {
    what: 'a --set of a rate of -1',
    args: smallRun({ 'load.ratePerServer': -1 }),
    code: 64,
    says: /load\.ratePerServer=-1/,
  },
  {
    what: 'a --set without a value',
    args: ['run', '--set', 'load'],
    code: 64,
    says: /path=value.*--set load\.ratePerServer=100; `npm start -- scenarios NAME --json`/s,
  },
  { what: 'a --set without anything', args: ['run', '--set'], code: 64, says: /set/ },
  {
    what: 'a bad scenario after a good one',
    args: ['run', 'small.yaml', 'empty.yaml'],
    code: 64,
    says: /empty/,
  },
  {
    what: 'a capture of a load in several threads',
    args: smallRun({ 'load.threads': 'case' }, '--capture'),
    code: 64,
    says: /--capture.*load\.threads/s,
  },
  { what: 'an unknown option', args: ['run', '--quik'], code: 64, says: /quik.*--help/s },
  {
    what: 'a second --',
    args: ['run', '--', '--quick'],
    code: 64,
    says: /--quick comes after a second --/,
  },
  {
    what: 'a flag that is neither true nor false',
    args: ['run', '--quick=maybe'],
    code: 64,
    says: /--quick is a flag/,
  },
  {
    what: 'a variable that is set for each node',
    args: smallRun({ 'cluster.settings.datadir': '/var/lib/mysql' }),
    code: 64,
    says: /cluster\.settings\.datadir would have no effect/,
  },
  {
    what: 'a version of Kea that no suite has',
    args: smallRun({ 'kea.version': '2.4' }),
    code: 69,
    says: /knows no suite with Kea 2\.4.*2\.6 \(trixie\)/s,
  },
  {
    what: 'a setting that the version of Kea does not know',
    args: smallRun({ 'kea.version': '2.2', 'kea.allocator': 'random' }),
    code: 64,
    says: /kea\.allocator=random.*Kea 2\.2 does not know random; it came with Kea 2\.3\.4/s,
  },
  {
    what: 'a suite with an unknown key',
    args: ['run', 'suite.yaml'],
    code: 64,
    says: /suite\.yaml:1:1.*rnus/s,
  },
  { what: 'an unknown command', args: ['rum'], code: 64, says: /rum/ },
  {
    what: 'a repetition of a suite',
    args: ['run', 'kea-versions', '--repeat', '2'],
    code: 64,
    says: /--repeat repeats scenarios, and kea-versions is a suite/,
  },
  { what: 'a repetition of nothing', args: [...smallRun(), '--repeat', '0'], code: 64, says: /--repeat 0/ },
  {
    what: 'a comparison with a baseline that nobody has marked',
    args: [...smallRun(), '--baseline'],
    code: 64,
    says: /small has no baseline in reports\/baselines.*baseline set/s,
  },
  {
    what: 'a comparison with tolerances of an unknown key',
    args: [...smallRun(), '--baseline', '--tolerances', 'tolerances.yaml'],
    code: 64,
    says: /tolerances\.yaml:2:3: latency\.p95 is not a key here; did you mean p90/,
  },
  {
    what: 'tolerances that a device makes up',
    args: [...smallRun(), '--baseline', '--tolerances', '/dev/zero'],
    code: 64,
    says: /--tolerances \/dev\/zero can't be read: it is not a regular file/,
  },
  {
    what: 'tolerances from a pipe that nobody writes to',
    args: [...smallRun(), '--baseline', '--tolerances', 'pipe'],
    code: 64,
    says: /--tolerances pipe can't be read: it is not a regular file/,
  },
  {
    what: 'a scenario that a device makes up',
    args: ['run', '/dev/zero'],
    code: 64,
    says: /not a regular file/,
  },
  { what: 'a scenario from a pipe', args: ['run', './pipe'], code: 64, says: /not a regular file/ },
  {
    what: 'baselines that are a file',
    args: [...smallRun(), '--baseline', '--baselines', 'small.yaml'],
    code: 64,
    says: /small\.yaml can't be read for baselines: it is not a directory/,
  },
  {
    what: 'a plan below what can not be written',
    args: [
      'cluster',
      'plan',
      '--flavor',
      'galera',
      '--addresses',
      '10.0.0.1,10.0.0.2,10.0.0.3',
      '--out',
      '/proc/x/y',
    ],
    code: 69,
    says: /STORAGE.*\/proc\/x/s,
  },
  {
    what: 'a comparison of what is no run',
    args: ['compare', 'directory'],
    code: 64,
    says: /not a run directory/,
  },
  {
    what: 'a baseline of what is not there',
    args: ['baseline', 'set', 'x'],
    code: 64,
    says: /x is not a run directory/,
  },
  {
    what: 'a baseline that is not marked',
    args: ['baseline', 'clear', 'small'],
    code: 64,
    says: /small has no baseline/,
  },
  {
    what: '--out that is not empty',
    args: [...smallRun(), '--out', 'directory'],
    code: 64,
    says: /not empty/,
  },
  {
    what: '--out below a file',
    args: [...smallRun(), '--out', 'small.yaml/x'],
    code: 69,
    says: /STORAGE.*--out/s,
  },
  {
    what: '--out that is a file',
    args: [...smallRun(), '--out', 'small.yaml'],
    code: 64,
    says: /USAGE.*--out/s,
  },
  {
    what: 'a database program that is not there',
    args: smallRun({ 'cluster.mariadbd': '/nonexistent' }),
    code: 69,
    says: /cluster\.mariadbd.*\/nonexistent/s,
  },
  {
    what: 'a library that is not there',
    args: smallRun({ 'cluster.wsrepProvider': '/nonexistent' }),
    code: 69,
    says: /wsrepProvider/,
  },
];

const FILES = {
  'unknown-key.yaml': 'name: mine\ndescription: Mine\nload:\n  ratePerSever: 1\n',
  'rate.yaml': 'name: mine\ndescription: Mine\nload:\n  ratePerServer: -1\n',
  'empty.yaml': '',
  'tabs.yaml': 'name: tabs\ndescription: d\nload:\n\tratePerServer: 3\n',
  'tolerances.yaml': 'latency:\n  p95: { ms: 3 }\n',
  'suite.yaml':
    'rnus: 1\nname: mine\ndescription: Mine\nscenario: staggered\nshow: [verdict]\nruns: [{name: a}]\n',
};

test.concurrent.for(REFUSED)(
  '$what is refused with $code and starts nothing',
  async ({ args, code, says }, { workspace }) => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(workspace.cwd, name), text);
    mkdirSync(join(workspace.cwd, 'directory', 'something'), { recursive: true });
    execFileSync('mkfifo', [join(workspace.cwd, 'pipe')]);
    const before = readdirSync(workspace.cwd, { recursive: true }).sort();

    const refused = await workspace.run(args);
    expect(refused.code, refused.output).toBe(code);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(/^error [A-Z]+: /);
    expect(refused.stderr).toMatch(says);
    expect(refused.stderr).not.toMatch(/^ +at /m);
    expect(refused.stderr).not.toContain('Starting');
    expect(readdirSync(workspace.cwd, { recursive: true }).sort()).toEqual(before);
    expect(existsSync(join(workspace.cwd, 'reports'))).toBe(false);
  },
);
