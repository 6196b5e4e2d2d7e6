import { describe, expect, it } from 'vitest';
import type { ReproductionVerdict } from '../results/check.js';
import { meaningOf, type Outcome } from '../results/run-outcome.js';
import { foundWhileShort } from '../judgement/machine/shortage-text.js';
import { compareMeasured } from '../compare/compare.js';
import type { Comparisons } from '../compare/comparison.js';
import { DEFAULT_TOLERANCES } from '../compare/tolerances.js';
import { suitePage } from './html/suite-page.js';
import { dhcp4AsPublished, resultOf } from '../report/report.test-support.js';
import { caseAnswers } from './answer.js';
import { suiteNext } from './next-step.js';
import { countsText, suiteLook, suiteSentence, suiteWord, verdictLines } from './headline.js';
import type { Limit, Trial } from '../report/limit-schema.js';
import { PLAIN } from '../terminal/style.js';
import { suiteJunit } from './junit.js';
import { suiteLines } from './lines.js';
import { withCompared } from './suite-reports.js';
import { suiteMarkdown } from './markdown.js';
import { suiteSchema, type Suite } from '../report/suite-result.js';
import { controlResult, memberOf, memberWithout, suiteOfMembers } from './suite.test-support.js';

const missing = { code: 'PREREQUISITE', message: 'no <Percona> is named', hint: 'name one' };
const galera = resultOf([dhcp4AsPublished()]);
const passed = memberOf(galera);
const held = memberOf(controlResult());
const skipped = memberWithout('skipped', missing);
const broken = memberWithout('could not be run', missing);

describe('junit.xml of a suite', () => {
  const counts = (xml: string) =>
    /<testsuites name="all" tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/
      .exec(xml)
      ?.slice(1)
      .map(Number);

  it('has a test suite for each run, and shows a control that held as passed, with its findings', () => {
    const members = [passed, held, skipped];
    const xml = suiteJunit(suiteOfMembers(members), members, 'skip');
    expect(counts(xml)?.slice(1)).toEqual([0, 0, 1]);
    expect(xml.match(/<testsuite /g)).toHaveLength(3);
    expect(xml).toMatch(/classname="control" name="the control holds"[^>]*>\s*<system-out>conformance\.held/);
    expect(xml).toContain('<skipped message="PREREQUISITE: no &lt;Percona&gt; is named"/>');
  });

  it('has a failure for a control that found nothing, and an error for a run that could not be made', () => {
    const members = [memberOf(controlResult(false)), broken];
    const xml = suiteJunit(suiteOfMembers(members), members, 'skip');
    expect(counts(xml)?.slice(1)).toEqual([1, 1, 0]);
    expect(xml).toContain('<failure type="control not held"');
  });
});

describe('a suite compared with its baseline', () => {
  const { result } = passed;
  if (result === undefined) throw new Error('a run without a result');
  const measured = {
    name: 'galera',
    from: { kind: 'run', name: '<x>' } as const,
    results: [result] as const,
  };
  // A run can't be compared with itself, so the baseline began at another time.
  const before = { ...measured, results: [{ ...result, startedAt: '2022-11-20T01:02:03.000Z' }] as const };
  const worse = { ...result, cases: result.cases.map((one) => ({ ...one, heldConcurrently: 2 })) };
  const open = { ...result, outcome: 'interrupted' as const, exitCode: 130 };
  const against = (run: typeof result): Comparisons => ({
    schemaVersion: 1,
    exitCode: 3,
    comparisons: [compareMeasured({ ...measured, results: [run] }, before, DEFAULT_TOLERANCES)],
    notes: ['other has no result'],
  });
  const junit = (run: typeof result, inconclusive: 'skip' | 'fail' = 'skip') =>
    suiteJunit(suiteOfMembers([passed]), [passed], inconclusive, against(run));

  it('has a failure in junit.xml for a run that got worse, and no other', () => {
    expect(junit(result)).toMatch(/<testsuite name="baseline" tests="1" failures="0" errors="0" skipped="0"/);
    expect(junit(worse)).toMatch(/<testsuite name="baseline" tests="1" failures="1"/);
    expect(junit(worse)).toContain(
      '<failure type="regression" message="dhcp4 held by two at once 0 → 2 (+2, allowed none)"',
    );
    expect(junit(open)).toMatch(/<skipped message="can(&apos;|')t compare: the run can/);
    expect(junit(open, 'fail')).toMatch(/<testsuite name="baseline" tests="1" failures="1"/);
  });

  it('shows on the page what got worse, and what was not compared', () => {
    const html = suitePage(suiteOfMembers([passed]), [passed], 'tool 1', against(worse));
    expect(html).toContain('Against the baseline');
    expect(html).toContain('galera: REGRESSION');
    expect(html).toContain('<li>dhcp4 held by two at once 0 → 2 (+2, allowed none)</li>');
    expect(html).toContain('against &lt;x&gt;');
    expect(html).toContain('other has no result, so it is not compared');
    expect(suitePage(suiteOfMembers([passed]), [passed], 'tool 1')).not.toContain('Against the baseline');
  });

  it('is not good where a run of the baseline has no result here, and says so first', () => {
    const suite = suiteOfMembers([passed]);
    const compared = { ...against(result), exitCode: 0, missing: ['other'] };
    expect(suiteLook(suite)).toBe('pass');
    expect(suiteLook(withCompared(suite, compared))).toBe('inconclusive');
    expect(withCompared(suite, undefined)).toBe(suite);
    const interrupted = { ...suite, exitCode: 130 };
    expect(withCompared(interrupted, compared)).toBe(interrupted);
    const html = suitePage(withCompared(suite, compared), [passed], 'tool 1', compared);
    expect(html).toMatch(
      /<header class="inconclusive">[^]*1 of 2 runs of the baseline has no result here[^]*<\/header>/,
    );
  });
});

describe('summary.md of a suite', () => {
  it('begins with the verdict and the outcome of each run, and folds the runs', () => {
    const members = [passed, held, skipped];
    const text = suiteMarkdown(suiteOfMembers(members), members);
    expect(text).toMatch(/^## ✅ PASS all, 3 runs: 1 pass, 1 control held, 1 skipped\n/);
    expect(text).toContain('| ✅ control held | control | fail | – | dhcp4 0 of 356, 1 held by two |  |');
    expect(text).toContain('no &lt;Percona&gt; is named');
    expect(text.indexOf('<details>')).toBeGreaterThan(text.indexOf('control held'));
    expect(text).not.toContain('### control');
  });

  it('names failed checks of a run that should not fail, and fits into its limit', () => {
    const members = [{ ...held, run: { ...held.run, outcome: 'fail' as const, exitCode: 1 } }];
    const suite = suiteOfMembers(members, 1);
    expect(suiteMarkdown(suite, members)).toMatch(/^## ❌ FAIL .*\n[^]*### control: fail\n\n\|/);
    expect(Buffer.byteLength(suiteMarkdown(suite, members, 1_500))).toBeLessThanOrEqual(1_500);
  });
});

it('the page of a suite says of premises what the page of the run says, and what the machine lacked once', () => {
  const member = cameTo('not comparable', "can't tell");
  const premises = ['premise.starts', 'premise.answers'].map((name, index) => ({
    ...{ name, case: 'dhcp4', phase: '', expected: 'in time', verdict: 'inconclusive' as const },
    ...foundWhileShort(`${index} ms late`, [{ resource: 'busy', found: 'others used 80% of 2 CPUs' }]),
  }));
  const { result } = member;
  const reproduction = { ...result.reproduction, premises };
  const page = suitePage(
    suiteOfMembers([member]),
    [{ ...member, result: { ...result, reproduction } }],
    'tool 1',
  );
  const complaints = page.split('<section id="complaints"')[1]?.split('</section>')[0] ?? '';
  expect(complaints.match(/>\? not kept</g)).toHaveLength(2);
  expect(complaints).not.toContain('? inconclusive<');
  expect(complaints).toMatch(/>\s*\? can&#39;t tell</);
  expect(complaints.match(/others used 80% of 2 CPUs/g)).toHaveLength(1);
});

/** The passing run with another outcome and another verdict on reproduction. */
function cameTo(outcome: Outcome, verdict: ReproductionVerdict, name = 'galera') {
  const { result, run, link } = passed;
  if (result === undefined) throw new Error('a run without a result');
  const outside = {
    name: 'first.duplicatePercent <= 2%',
    case: 'dhcp4',
    phase: 'DISCOVER-OFFER',
    expected: '<= 2%',
    actual: '33%',
    verdict: verdict === 'not reproduced' ? ('fail' as const) : ('inconclusive' as const),
  };
  const figures = verdict === 'reproduced' ? [] : [outside];
  const reproduction = { verdict, reason: 'so <it> was', figures, premises: [] };
  const exitCode = meaningOf(outcome).exitCode ?? 0;
  return {
    run: { ...run, name, reproduction: verdict, outcome, exitCode },
    result: { ...result, reproduction, outcome, exitCode },
    link,
  };
}

describe('the two halves of the verdict', () => {
  const members = [
    cameTo('not comparable', "can't tell", 'a'),
    cameTo('not comparable', "can't tell", 'b'),
    cameTo('not reproduced', 'not reproduced', 'c'),
    { ...cameTo('fail', 'reproduced', 'd') },
    cameTo('inconclusive', 'reproduced', 'e'),
    held,
  ];
  members[3] = { ...members[3], run: { ...members[3]?.run, verdict: 'fail' } } as (typeof members)[3];
  const suite = suiteOfMembers(members, 1);

  it('are shown for each run, and counted separately', () => {
    expect(suiteSentence(suite)).toBe(
      "all, 6 runs: 1 fail, 1 not reproduced, 2 not comparable, 1 inconclusive, 1 control held; look at c, d, e; 2 runs pass but can't be compared: a, b",
    );
    const text = suiteMarkdown(suite, members);
    expect(text).toContain("| ❔ not comparable | a | pass | can't tell |");
    expect(text).toContain('| ❌ not reproduced | c | pass | not reproduced |');
    expect(text).toContain('Reproduction, not reproduced: so &lt;it&gt; was');
    const html = suitePage(suite, members, 'tool 1');
    expect(html).toMatch(/<dt>Conformance<\/dt>\s*<dd>pass<\/dd>/);
    expect(html).toMatch(/<dt>Reproduction<\/dt>\s*<dd>not reproduced<\/dd>/);
    expect(html).toContain('Reproduction, not reproduced: so &lt;it&gt; was');
    const xml = suiteJunit(suite, members, 'skip');
    expect(xml.match(/<failure type="not reproduced"/g)).toHaveLength(1);
    expect(xml.match(/<property name="reproduction" value="can(&apos;|')t tell"/g)).toHaveLength(2);
    expect(suiteLines(suite)[0]).toMatch(/^run +outcome +conformance +reproduction +directory$/);
    expect(suiteLines(suite)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^c +not reproduced +pass +not reproduced +galera$/)]),
    );
  });

  it.each([
    ['PASS', 0, [members[0], passed]],
    ['PASS, not comparable', 2, [members[0], passed]],
    ['INCONCLUSIVE', 2, [{ ...passed, run: { ...passed.run, verdict: 'inconclusive' as const } }]],
    ['PASS, not reproduced', 4, [members[2]]],
    ['NOT REPRODUCED', 4, [members[2], held]],
    ['FAIL', 1, [members[3]]],
  ])('head the suite: %s, exit code %d', (word, exitCode, some) => {
    expect(
      suiteWord(
        suiteOfMembers(
          some.flatMap((one) => one ?? []),
          exitCode,
        ),
      ),
    ).toBe(word);
  });

  it('each try of a run is named in every report', () => {
    const tried = (directory: string, outcome: Outcome) => ({
      ...{ directory, outcome, verdict: 'pass' as const, reproduction: null, exitCode: 2 },
    });
    const tries = [tried('galera', 'not comparable'), tried('galera-try-2', 'pass')];
    const member = { ...passed, run: { ...passed.run, directory: 'galera-try-2', tries } };
    const of = suiteOfMembers([member]);
    const all = [suiteMarkdown(of, [member]), suitePage(of, [member], 'tool 1'), suiteLines(of).join('\n')];
    for (const text of all) {
      expect(text).toContain('try 1: not comparable (galera)');
      expect(text).toContain('try 2: pass (galera-try-2)');
    }
    expect(suiteJunit(of, [member], 'skip')).toContain(
      '<property name="try 1" value="not comparable (galera)"/>',
    );
  });
});

describe('a search for the highest rate', () => {
  const trial = (ratePerServer: number, outcome: Trial['outcome']): Trial => ({
    ...{ ratePerServer, run: String(ratePerServer), outcome, withoutTimelyAnswerPercent: 0 },
    ...{ why: 'so', short: [], violations: [] },
  });
  /** A limit whose highest rate held, with the next rate and what it came to. */
  const limit = (
    caseName: string,
    highestPerServer: number | null,
    next: Trial['outcome'] = 'exceeded',
    short: Trial['short'] = [],
  ): Limit => ({
    ...{ cases: [caseName], serversPerCase: 3, arrival: 'poisson', seconds: 5 },
    ...{ maxWithoutTimelyAnswerPercent: 2.5, highestPerServer, nextPerServer: 180 },
    answer: [`${caseName} answers so`],
    trials: [
      { ...trial(180, next), short },
      ...(highestPerServer === null ? [] : [trial(highestPerServer, 'held')]),
    ],
  });
  const slow = cameTo('not held', 'reproduced', '180');
  const broken = { name: 'stated', case: '', phase: '', expected: '', actual: '', verdict: 'fail' as const };
  const notHeld = { ...slow, result: { ...slow.result, checks: [broken] } };
  const members = [memberOf(galera, '47.6'), notHeld];
  const suite = { ...suiteOfMembers(members), limit: limit('dhcp4', 47.6) };

  it('begins with its answer, and lists the rates in rising order', () => {
    expect(suiteWord(suite)).toBe('47.6 a second on each server');
    expect(verdictLines(suite, 80, PLAIN)[0]).toMatch(/^47\.6 a second on each server {2}all, 2 runs/);
    const text = suiteMarkdown(suite, members);
    expect(text).toMatch(/^## ✅ 47\.6 a second on each server /);
    expect(text.indexOf('| 47.6 |')).toBeLessThan(text.indexOf('| 180 |'));
    const html = suitePage(suite, members, 'tool 1');
    expect(html).toContain('<title>47.6 a second on each server all</title>');
    const section = html.slice(html.indexOf('id="limit"'));
    expect(section.indexOf('trials.1.ratePerServer')).toBeLessThan(section.indexOf('trials.0.ratePerServer'));
  });

  it('has no failure and no red colour for a rate that was not held', () => {
    for (const inconclusive of ['skip', 'fail'] as const)
      expect(suiteJunit(suite, members, inconclusive)).toMatch(
        /<testsuites name="all" tests="\d+" failures="0" errors="0"/,
      );
    const html = suitePage(suite, members, 'tool 1');
    expect(html).toContain('<article class="card neutral">');
    expect(html).not.toMatch(/class="card (fail|inconclusive)"/);
    expect(html).not.toContain('id="complaints"');
    expect(suiteMarkdown(suite, members)).not.toMatch(/❌|### 180/);
    expect(suiteSentence(suite)).not.toContain('look at');
  });

  it('has an answer for each case, and says where no rate or no conformance held', () => {
    const word = (limits: Limit[], exitCode = 0) =>
      suiteWord({ ...suite, limit: undefined, limits, exitCode });
    expect(word([limit('dhcp4', 100), limit('dhcp6-ia-na', 50)])).toBe(
      'dhcp4 100, dhcp6-ia-na 50 a second on each server',
    );
    expect(word([limit('dhcp4', null)], 2)).toBe('No rate held');
    expect(word([limit('dhcp4', null, 'not driven')], 2)).toBe('No rate can be told');
    expect(word([limit('dhcp4', 100)], 1)).toBe('FAIL');
    expect(suiteSentence({ ...suite, exitCode: 1 })).toContain('47.6 a second on each server');
  });
});

describe('a search whose next rate says nothing about the servers', () => {
  const trial = (ratePerServer: number, outcome: Trial['outcome'], short: Trial['short'] = []): Trial => ({
    ...{ ratePerServer, run: `${ratePerServer}-dhcp4`, outcome, withoutTimelyAnswerPercent: 0 },
    ...{ why: 'so it was', short, violations: [] },
  });
  const limitOf = (trials: Trial[]): Limit => ({
    ...{ cases: ['dhcp4'], serversPerCase: 3, arrival: 'poisson', seconds: 5, answer: [] },
    ...{ maxWithoutTimelyAnswerPercent: 2.5, highestPerServer: 50, nextPerServer: 100, trials },
  });
  const runs = (...trials: Trial[]) => trials.map(({ run }) => memberOf(galera, run));
  const of = (...trials: Trial[]): Suite => ({
    ...suiteOfMembers(runs(...trials)),
    limits: [limitOf(trials)],
  });
  const busy = [{ resource: 'cpu' as const, found: 'all CPUs' }];

  it.each([
    ['holds 50/s, not 100/s: so it was', '50', 'pass', [trial(100, 'exceeded')]],
    [
      "holds 50/s; at 100/s it can't be told: the machine was busy",
      'at least 50',
      'inconclusive',
      [trial(100, "can't tell", busy)],
    ],
    [
      'holds 50/s; at 100/s the load was not driven: so it was',
      'at least 50',
      'inconclusive',
      [trial(100, 'not driven')],
    ],
    [
      "holds 50/s; at 100/s it can't be told: so it was; 200/s is not held: so it was",
      'at least 50',
      'inconclusive',
      [trial(100, "can't tell"), trial(200, 'exceeded')],
    ],
    ['holds 50/s, the highest rate that was tried', 'at least 50', 'pass', []],
  ] as const)('dhcp4 %s', (said, head, look, trials) => {
    const suite = of(trial(50, 'held'), ...trials);
    expect([suiteWord(suite), suiteLook(suite)]).toEqual([`${head} a second on each server`, look]);
    expect(caseAnswers(suite)).toEqual([`dhcp4 ${said}`]);
    const members = [passed];
    expect(suitePage(suite, members, 'tool 1')).toContain(`<header class="${look}">`);
    expect(suiteMarkdown(suite, members)).toMatch(look === 'pass' ? /^## ✅/ : /^## ❔/);
  });

  it('is amber where a check of the run at the highest rate that held can not tell, and names that run', () => {
    const members = [cameTo('inconclusive', "can't tell", '50-dhcp4')];
    const limits = [limitOf([trial(50, 'held'), trial(100, 'exceeded')])];
    const suite: Suite = { ...suiteOfMembers(members), limits };
    expect(caseAnswers(suite)).toEqual([
      "dhcp4 holds 50/s (a check of that run can't tell), not 100/s: so it was",
    ]);
    expect([suiteLook(suite), suiteNext(suite, members)]).toEqual([
      'inconclusive',
      expect.stringContaining('the page of 50-dhcp4'),
    ]);
  });

  it.each<readonly [string, Suite, string]>([
    ['no rate was tried', of(), 'dhcp4: no rate was tried'],
    [
      'the same rate held once, and once it did not',
      of(trial(50, 'held'), trial(50, 'exceeded')),
      'dhcp4 holds no rate that was tried, not 50/s: so it was',
    ],
    [
      'a lower rate did not hold',
      of(trial(20, 'exceeded'), trial(50, 'held')),
      'dhcp4 holds 50/s, the highest rate that was tried; but 20/s is not held: so it was',
    ],
    [
      'the run of the highest rate is not there',
      { ...of(trial(50, 'held')), runs: [] },
      'dhcp4 holds 50/s (there is no run 50-dhcp4), the highest rate that was tried',
    ],
    ...(['fail', 'interrupted'] as const).map((outcome): [string, Suite, string] => [
      `the run of the highest rate came to: ${outcome}`,
      { ...of(trial(50, 'held')), runs: [{ ...memberOf(galera, '50-dhcp4').run, outcome }] },
      `dhcp4 holds 50/s (that run: ${outcome}), the highest rate that was tried`,
    ]),
  ])('is never green where %s', (_, suite, said) => {
    expect(caseAnswers(suite)).toEqual([said]);
    expect(suitePage(suite, [passed], 'tool 1')).toMatch(/<header class="(inconclusive|fail)">/);
  });

  it('is green where a rate could not be told at first, and then held', () => {
    const suite = of(trial(50, "can't tell"), trial(50, 'held'), trial(100, 'exceeded'));
    expect(suiteLook(suite)).toBe('pass');
  });

  it('says on the page and in the answer why that check can not tell', () => {
    const members = [cameTo('inconclusive', "can't tell", '50-dhcp4')];
    const open = "170 datagrams dropped at Kea's sockets";
    const limits = [limitOf([{ ...trial(50, 'held'), open }, trial(100, 'exceeded')])];
    expect(caseAnswers({ ...suiteOfMembers(members), limits })[0]).toContain(`that run can't tell: ${open})`);
  });

  it('has on each card what decides whether its rate holds', () => {
    const member = memberOf(resultOf([dhcp4AsPublished()]), '50-dhcp4');
    const suite = { ...suiteOfMembers([member]), limits: [limitOf([trial(50, 'held')])] };
    expect(suitePage(suite, [member], 'tool 1')).toMatch(
      /<dt>dhcp4, without a timely answer<\/dt>\s*<dd>[^]*?>1<\/[^>]*> of 357, 0\.3%/,
    );
    expect(suitePage(suiteOfMembers([member]), [member], 'tool 1')).not.toContain('without a timely answer<');
  });

  it('counts each outcome of a rate by its own word, and has no failure in junit.xml for any', () => {
    const outcomes = ['not held', 'not driven', "can't tell"] as const;
    const members = outcomes.map((outcome) => cameTo(outcome, 'reproduced', outcome));
    const suite = { ...suiteOfMembers(members), limits: of(trial(50, 'held')).limits };
    expect(countsText(suite)).toBe("3 runs: 1 not held, 1 not driven, 1 can't tell");
    const html = suitePage(suite, members, 'tool 1');
    expect(html.match(/class="card neutral"/g)).toHaveLength(1);
    expect(html.match(/class="card inconclusive"/g)).toHaveLength(2);
    expect(suiteJunit(suite, members, 'fail')).toMatch(/ failures="0" errors="0"/);
    expect(suiteSentence(suite)).not.toContain('look at');
  });
});

describe('the page of a suite', () => {
  it('links each run, shows its outcome, and escapes its texts', () => {
    const members = [passed, held, skipped];
    const html = suitePage(suiteOfMembers(members), members, 'tool 1');
    expect(html).toContain('<title>PASS all</title>');
    expect(html).toContain('<a href="control/report.html">control</a>');
    expect(html).toMatch(/✓<\/span> control held/);
    expect(html).toContain('no &lt;Percona&gt; is named');
    expect(html).toContain('1.3 ms');
    expect(html).toContain('kea-lease-conformance run galera');
  });

  it('counts the first attempts that were answered late or not at all, and not the later ones', () => {
    const run = dhcp4AsPublished();
    for (const attempt of [2, 3]) run.ask(356, 0, { attempt }).timeout();
    const member = memberOf(resultOf([run]));
    const page = suitePage(suiteOfMembers([member]), [member], 'tool 1');
    const table = page.slice(page.indexOf('id="figures"'));
    const texts = (row = '') =>
      [...row.matchAll(/<t[hd]\b[^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = '']) =>
        cell.replace(/<[^>]+>/g, '').trim(),
      );
    const [heads = [], cells = []] = table.split('<tr>').slice(1, 3).map(texts);
    expect(heads.slice(-2)).toEqual(['answered late', 'unanswered']);
    expect(member.result?.cases[0]?.phases[0]?.outcomes).toMatchObject({ timeout: 3 });
    expect(cells.slice(-2)).toEqual(['0', '1']);
  });

  it('begins with what is wrong', () => {
    const members = [memberOf(controlResult(false)), broken];
    const html = suitePage(suiteOfMembers(members, 69), members, 'tool 1');
    expect(html).toContain('<title>ERROR all</title>');
    expect(html).toContain('the harness may not detect violations');
    expect(html.indexOf('id="complaints"')).toBeLessThan(html.indexOf('id="figures"'));
  });
});

it('reads suite.json of an older version, and refuses other files', () => {
  const older: Partial<Suite> = suiteOfMembers([passed]);
  delete older.name;
  expect(suiteSchema.parse(older).runs).toHaveLength(1);
  expect(suiteSchema.safeParse({ ...older, exitCode: 'x' }).success).toBe(false);
});

it('the page of a suite with a row for each run begins with its table', () => {
  const members = [memberWithout('skipped', { code: 'PREREQUISITE', message: 'not here' })];
  const suite = suiteOfMembers(members);
  const placeOf = (page: string) => page.indexOf('id="side-by-side"') < page.indexOf('class="cards"');
  expect(placeOf(suitePage(suite, members, 'made up'))).toBe(false);
  const tables = suite.tables.map((table) => ({ ...table, runsAreRows: true }));
  expect(placeOf(suitePage({ ...suite, tables }, members, 'made up'))).toBe(true);
});
