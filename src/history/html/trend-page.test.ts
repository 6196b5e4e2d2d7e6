import { HISTORY_LINES } from '../lines.js';
import { describe, expect, it } from 'vitest';
import { groupsOf, type FoundRun } from '../groups.js';
import { foundRun, manyCases, runWithout } from '../trend.test-support.js';
import { trendPage } from './trend-page.js';

const page = (runs: FoundRun[], passedOver: { path: string; why: string }[] = []) =>
  trendPage({ schemaVersion: 1, searchedRates: 0, groups: groupsOf(runs), passedOver }, 'tool 1');

const days = (count: number, made: Partial<Parameters<typeof foundRun>[0]> = {}) =>
  Array.from({ length: count }, (_, day) => foundRun({ ...made, day: day + 1 }));

/** One chart for the outcomes, and one for each figure that is not 0 in every run. */
const chartsOf = (html: string) => html.match(/<svg [^>]*data-runs=/g)?.length ?? 0;

/** The data from which the script of the page makes tips and rows. */
const dataOf = (html: string, id: string): { singles: number; folds: string[][]; runs: unknown[][] } =>
  JSON.parse(new RegExp(`id="${id}-runs">\\s*(.*?)\\s*</script>`).exec(html)?.[1] ?? 'null') as ReturnType<
    typeof dataOf
  >;

describe('the page of a history', () => {
  it('links the run that turned a series red, and puts that series first', () => {
    const red = foundRun({ day: 2, verdict: 'fail', scenario: 'z' });
    const html = page([...days(3, { scenario: 'a' }), foundRun({ day: 1, scenario: 'z' }), red]);
    expect(html).toContain('<title>RED Trend</title>');
    expect(html).toMatch(
      new RegExp(
        `Red since <a href="${red.link ?? ''}" title="${red.name}">2026-01-02 03:00</a>: run\\.interrupted; last good`,
      ),
    );
    expect(html).toMatch(/turned red<\/strong>\s*\(fail: run\.interrupted\)/);
    expect(html.indexOf('<section id="series-z"')).toBeLessThan(html.indexOf('<section id="series-a"'));
  });

  it('is not red because of a lapsed series, and names that series', () => {
    const tried = foundRun({ day: 1, scenario: 'tried', verdict: 'fail' });
    expect(page([tried, foundRun({ day: 8 })])).toContain('<title>RED Trend</title>');
    const html = page([tried, foundRun({ day: 9 })]);
    expect(html).toContain('<title>Trend</title>');
    expect(html).toContain('Nothing is red in 1 series of runs');
    expect(html).toContain('1 more series was not run in the last 7 days of this period, 1 of them red');
    expect(html).toMatch(/not run since <a href="[^"]+" [^>]*>2026-01-01 03:00<\/a>/);
  });

  it('links to each series, also if names differ only in punctuation', () => {
    const html = page(['a b', 'a-b', 'a/b'].flatMap((scenario) => days(3, { scenario })));
    for (const id of ['series-a-b', 'series-a-b-2', 'series-a-b-3']) {
      expect(html.split(`<section id="${id}"`)).toHaveLength(2);
      expect(html).toContain(`href="#${id}"`);
    }
  });

  it('has a column for since when a series is red only if one is', () => {
    const heads = (runs: FoundRun[]) =>
      [
        ...(page(runs)
          .split('<section id="overview"')[1]
          ?.matchAll(/<th scope[^>]*>([^<]*)</g) ?? []),
      ].map(([, head]) => head);
    expect(heads([foundRun({ day: 1, verdict: 'fail' })])).toContain('red since');
    expect(heads([foundRun({ day: 1 })]).slice(0, 6)).not.toContain('red since');
  });

  it('says that its list has a row for each case of a run, with the case beside the time', () => {
    const html = page(days(3).map((run, day) => manyCases(run, 2, day)));
    expect(html).toContain('<summary>3 runs, the newest first: 6 rows, one for each case of a run</summary>');
    const row =
      html.split('data-runs="series-galera-runs"').at(-1)?.split('<tbody>')[1]?.split('</tr>')[0] ?? '';
    const heads = [...row.matchAll(/data-head="([^"]*)"/g)].map(([, head]) => head);
    expect(heads.slice(0, 3)).toEqual(['started', 'case', 'run']);
    expect(page(days(3))).toContain('<summary>3 runs, the newest first</summary>');
  });

  it('marks each change of a version, in every chart and in words', () => {
    const html = page([...days(2), foundRun({ day: 3, kea: '2.6.3' })]);
    // The legend has one too.
    expect(html.match(/<path class="change" d="M[\d.]+ /g)).toHaveLength(chartsOf(html) + 1);
    expect(html).toContain('Kea 2.2.0 → 2.6.3</li>');
  });

  it('has a cell for each day, in the colour of its gravest run, with a link to that run', () => {
    const red = foundRun({ day: 2, scenario: 'z', verdict: 'fail' });
    const html = page([foundRun({ day: 2, scenario: 'a' }), red, foundRun({ day: 3, scenario: 'a' })]);
    const nights = html.split('<section id="nights"')[1]?.split('</section>')[0] ?? '';
    expect(nights).toMatch(
      new RegExp(`href="${red.link ?? ''}"\\s*><title>2026-01-02: 2 runs; 1 red: z</title`),
    );
    expect(nights).toContain('<title>2026-01-03: 1 run</title');
    expect(nights.match(/<rect class="night fail" x/g)).toHaveLength(1);
  });

  it('lets a run that can not tell decide no day with another run', () => {
    const open = foundRun({ day: 2, verdict: 'inconclusive' });
    const html = page([open, foundRun({ day: 2 }), foundRun({ day: 3, verdict: 'inconclusive' })]);
    expect(html.match(/<rect class="night pass" x/g)).toHaveLength(2);
    expect(html.match(/<rect class="night inconclusive" x/g)).toHaveLength(2);
  });

  it('names each run once in the data of its tips, and in its rows', () => {
    const all = days(3);
    const html = page(all);
    const { runs, singles } = dataOf(html, 'series-galera');
    expect(singles).toBe(3);
    expect(runs.map(([, , name]) => name)).toEqual(all.map(({ name }) => name).reverse());
    const listed = [...html.matchAll(/<td [^>]*data-head="run">(.*?)<\/td>/g)].map(([, text]) =>
      text?.replaceAll('<wbr />', ''),
    );
    expect(listed).toEqual(all.map(({ name }) => name).reverse());
  });

  it('says which figures are 0 in every run, instead of drawing them', () => {
    const html = page(days(3));
    expect(chartsOf(html)).toBeGreaterThan(1);
    expect(chartsOf(html)).toBeLessThan(1 + HISTORY_LINES.length);
    const [, flat = ''] = /<p class="note">0 in every run, or not known: ([^<]*)</.exec(html) ?? [];
    expect(chartsOf(html) - 1 + flat.split(' · ').length).toBe(HISTORY_LINES.length);
  });

  it('has no charts for series of one or two runs, but a list with all of them', () => {
    const html = page([...days(2, { scenario: 'a' }), ...days(1, { scenario: 'b' }), ...days(3)]);
    expect(html).not.toContain('<section id="series-a"');
    expect(html.match(/href="#short-series">[ab]</g)).toHaveLength(2);
    const { runs } = dataOf(html, 'short-series');
    expect(runs.map((run) => run.at(-1)).sort()).toEqual(['a', 'a', 'b']);
    expect(html.split('data-runs="short-series-runs"')).toHaveLength(2);
    expect(html).toContain('<section id="series-galera"');
  });

  it('says that it is not known how long a run took whose clock was set back', () => {
    const runs = [foundRun({ day: 1, seconds: -3_600 })];
    expect(groupsOf(runs)[0]?.runs[0]?.seconds).toBeNull();
    const html = page(runs);
    expect(html).toContain('>unknown</td>');
    expect(html).not.toMatch(/>-\d/);
  });

  it('cuts a name of thousands of characters, and has the whole of it folded and as a tip', () => {
    const scenario = 'x'.repeat(3_000);
    // The path of a run has names that a file system allows.
    const html = page([1, 2, 3].map((day) => ({ ...foundRun({ day, scenario }), name: `run-${day}` })));
    const visible = html
      .replace(/<details>\s*<summary>The whole name[^]*?<\/details>/, '')
      .replace(/<script[^]*?<\/script>/g, '')
      .replace(/="[^"]*"/g, '');
    expect(html).toMatch(new RegExp(`<p>${scenario}</p>`));
    expect(html).toContain(`title="${scenario}"`);
    expect(visible.split('<main')[1] ?? visible).not.toMatch(/x{200}/);
  });

  it('escapes its texts, and draws a series without figures', () => {
    const html = page([runWithout({ day: 1 }, 'could not be run')], [{ path: '/<b>', why: '<i>' }]);
    expect(html).toContain('PREREQUISITE: &lt;missing&gt;');
    expect(html).toContain('<code>/&lt;b&gt;</code>: &lt;i&gt;');
    expect(html).not.toContain('NaN');
  });

  it('says so if there are no runs', () => {
    expect(page([])).toContain('No run was found');
  });

  it('gives each of the newest runs a place, and folds older ones into bands', () => {
    const html = page(days(1_000));
    const { runs, singles, folds } = dataOf(html, 'series-galera');
    expect([runs.length, singles, folds.length]).toEqual([1_000, 60, 40]);
    expect(folds[0]?.[0]).toMatch(/^2026-01-01 03:00 to 2026-01-24 03:00, 24 runs: 24 good$/);
    expect(html).not.toContain('NaN');
  });

  it('has a calendar for each series only while there are few', () => {
    const calendars = (series: number) =>
      page(Array.from({ length: series }, (_, one) => days(3, { scenario: `s${one}` })).flat()).split(
        '<div class="calendar"',
      ).length - 1;
    expect([calendars(2), calendars(20), calendars(21)]).toEqual([1 + 2, 1 + 20, 1]);
  });

  it('lets no red run be hidden by its neighbours', () => {
    const all = days(500);
    all[100] = foundRun({ day: 101, verdict: 'fail' });
    const html = page(all);
    // The place in the chart; the legend's mark is no path.
    const [, red] = /<path class="outcome fail" d="([^"]*)"/.exec(html) ?? [];
    expect(red?.match(/M/g)).toHaveLength(1);
    expect(dataOf(html, 'series-galera').folds.filter(([text]) => text?.includes('1 red'))).toHaveLength(1);
  });
});

describe('a thousand runs', () => {
  const CASES = 3;
  it.each([
    ['of one series', 1, 1_000],
    ['of twenty series', 20, 50],
    ['of forty series', 40, 25],
    ['of five hundred series', 500, 2],
  ])(
    '%s, with three cases each, make a page of less than a megabyte with every run on it',
    (_, series, each) => {
      const runs = Array.from({ length: series }, (__, index) =>
        Array.from({ length: each }, (___, day) =>
          manyCases(foundRun({ day: day + 1, scenario: `scenario-${index}` }), CASES, day),
        ),
      ).flat();
      const html = page(runs);
      expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
      for (const { name } of runs) expect(html).toContain(name);
    },
  );
});
