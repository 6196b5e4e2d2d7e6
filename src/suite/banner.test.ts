import { describe, expect, it } from 'vitest';
import { resourcesOf } from '../judgement/machine/resources.test-support.js';
import { dhcp4AsPublished, resultOf } from '../report/report.test-support.js';
import { EXIT } from '../errors.js';
import type { Limit, Trial } from '../report/limit-schema.js';
import type { Suite } from '../report/suite-result.js';
import type { MachineFigures } from '../results/resources.js';
import { shortAnswer } from './answer.js';
import { busySentence } from './busy.js';
import { suitePage } from './html/suite-page.js';
import { suiteCommand, suiteNext } from './next-step.js';
import { memberOf, suiteOfMembers } from './suite.test-support.js';

const FULL: MachineFigures = {
  ...{ cpus: 2, busyPercent: 98, peakBusyPercent: 100, stolenPercent: 0, otherPercent: 60 },
  ...{ usedUpPercent: 80, before: null },
};

const IDLE = { harness: 0.1, servers: 0.1, nodes: 0.1 };
const MEASURED = resultOf([dhcp4AsPublished()], {
  evidence: { resources: resourcesOf([IDLE, IDLE, IDLE]) },
});

function busyMember(name: string, machine: MachineFigures) {
  const { resources } = MEASURED;
  if (!resources) throw new Error('a run without resources');
  return memberOf({ ...MEASURED, resources: { ...resources, machine } }, name);
}

const QUIET = { ...FULL, busyPercent: 20, otherPercent: 0, usedUpPercent: 0 };
const members = [busyMember('50', QUIET), busyMember('100', FULL)];
const trial = (ratePerServer: number, outcome: Trial['outcome']): Trial => ({
  ...{ ratePerServer, run: String(ratePerServer), outcome, withoutTimelyAnswerPercent: 0 },
  ...{ why: 'so', short: [], violations: [] },
});
const limitOf = (...trials: Trial[]): Limit => ({
  ...{ cases: ['dhcp4'], serversPerCase: 3, arrival: 'poisson', seconds: 5, answer: [] },
  ...{ maxWithoutTimelyAnswerPercent: 2.5, highestPerServer: 50, nextPerServer: 100, trials },
});
const suite: Suite = {
  ...suiteOfMembers(members),
  description: 'what is tested',
  argv: ['run', 'stress', '--quick', '--out', 'x'],
};
const COMMAND = 'kea-lease-conformance run stress --quick';

describe('the banner of a suite', () => {
  it('says once that the machine was busy, in which runs, and who used it', () => {
    expect(busySentence(members)).toContain(
      'busy in 1 of 2 runs (100): no CPU was left for 80% of the time; other programs used 60% of 2 CPUs',
    );
    expect(busySentence(members.slice(0, 1))).toBeUndefined();
    expect(suitePage(suite, members, 'tool 1').match(/class="busy"/g)).toHaveLength(1);
    expect(suitePage(suite, members.slice(0, 1), 'tool 1')).not.toContain('class="busy"');
  });

  it('says what was tested, and gives the command of the whole suite', () => {
    const html = suitePage(suite, members, 'tool 1');
    const header = html.slice(html.indexOf('<header'), html.indexOf('</header>'));
    expect(header).toContain('what is tested');
    expect(header).toContain('Kea ');
    expect(header.replace(/<\/?span[^>]*>/g, '')).toContain(`<code>${COMMAND}</code>`);
    expect(html).toContain(`<pre class="command"><code>${COMMAND}</code></pre>`);
  });

  it('has no command of a search of an older version, whose runs name only their own', () => {
    const older = { ...suite, argv: undefined };
    expect(suiteCommand({ ...older, limit: limitOf() }, members)).toBeUndefined();
    expect(suiteCommand(older, members)).toBeDefined();
  });

  it.each<[string, string, Trial[]]>([
    [
      'the search between two rates of a suite',
      'find-limit --from 50 --to 100 --set',
      [trial(100, 'exceeded')],
    ],
    ['the page of a rate that was not told', 'The page of 100', [trial(100, "can't tell")]],
    ['higher rates', "find-limit --from 50 --set 'cases=[dhcp4]'", []],
  ])('advises %s', (_, text, trials) => {
    const limits = [limitOf(trial(50, 'held'), ...trials)];
    const said = suiteNext({ ...suite, limits }, members);
    expect(said).toContain(text);
    expect(said).toContain(COMMAND);
  });

  it('advises a quieter machine where a busy one kept a rate from being told', () => {
    const short = [{ resource: 'cpu' as const, found: 'all' }];
    const limits = [limitOf(trial(50, 'held'), { ...trial(100, 'not driven'), short })];
    expect(suiteNext({ ...suite, limits }, members)).toContain('quieter machine');
    const full = [limitOf(trial(50, 'held'), { ...trial(100, "can't tell"), busy: true })];
    expect(suiteNext({ ...suite, limits: full }, members)).toContain('quieter machine');
  });

  it('does not call the machine busy where the CPU was short at its peak alone', () => {
    const short = [{ resource: 'cpu' as const, found: 'all' }];
    const limits = [limitOf(trial(50, 'held'), { ...trial(100, "can't tell"), short, busy: false })];
    expect(suiteNext({ ...suite, limits }, members)).not.toContain('quieter machine');
  });

  it('advises a search for each case whose limit lies between two rates', () => {
    const limits = ['dhcp4', 'dhcp6-ia-na'].map((name) => ({
      ...limitOf(trial(50, 'held'), trial(100, 'exceeded')),
      cases: [name],
    }));
    const said = suiteNext({ ...suite, limits }, members);
    for (const name of ['dhcp4', 'dhcp6-ia-na'])
      expect(said).toContain(
        `\`kea-lease-conformance find-limit --from 50 --to 100 --set 'cases=[${name}]'\``,
      );
  });

  it('has a short word beside the answers case by case', () => {
    const held = (...rates: number[]) => ({
      limits: rates.map((rate) => limitOf(trial(rate, 'held'), trial(500, 'exceeded'))),
    });
    expect(shortAnswer(held(100, 100))).toBe('100/s');
    expect(shortAnswer(held(200, 100, 150))).toBe('100 to 200/s');
    expect(shortAnswer({ limits: [limitOf(trial(100, 'held'))] })).toBe('at least 100/s');
    expect(shortAnswer({ limits: [limitOf(trial(100, 'exceeded'))] })).toBe('No rate held');
    const page = suitePage({ ...suite, ...held(200, 100) }, members, 'tool 1');
    expect(page).toMatch(/<p class="verdict">[^]*?<\/span> 100 to 200\/s<\/strong>/);
  });

  it('links the pages that it names, keeps options whole, and has the command of a checkout', () => {
    const red = suite.runs.map((run) => ({ ...run, outcome: 'fail' as const }));
    const page = suitePage({ ...suite, runs: red, exitCode: EXIT.fail }, members, 'tool 1');
    const header = page.slice(page.indexOf('<header'), page.indexOf('</header>'));
    expect(header).toContain('<a href="100/report.html">100</a>');
    expect(header).toContain('<span class="option">--quick</span>');
    expect(page).toMatch(/In a checkout:\s*<code>npm start <span class="option">--<\/span> run stress/);
  });

  it('names the runs to look at where one failed', () => {
    const red = suite.runs.map((run) => ({ ...run, outcome: 'fail' as const }));
    expect(suiteNext({ ...suite, runs: red, exitCode: EXIT.fail }, members)).toMatch(
      /^Look at the pages of 50, 100\./,
    );
  });
});
