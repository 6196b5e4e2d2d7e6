import { HISTORY_LINES } from '../lines.js';
import { describe, expect, it } from 'vitest';
import { groupsOf, type FoundRun } from '../groups.js';
import { foundRun, runWithout } from '../trend.test-support.js';
import { trendPage } from './trend-page.js';

const page = (runs: FoundRun[], passedOver: { path: string; why: string }[] = []) =>
  trendPage({ schemaVersion: 1, groups: groupsOf(runs), passedOver }, 'tool 1');

/** One chart for the outcomes, and one for each line. */
const CHARTS = 1 + HISTORY_LINES.length;

describe('the page of a history', () => {
  it('links the run that turned a series red, and puts that series first', () => {
    const red = foundRun({ day: 2, verdict: 'fail', scenario: 'z' });
    const html = page([foundRun({ day: 1, scenario: 'a' }), foundRun({ day: 1, scenario: 'z' }), red]);
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
    const html = page(['a b', 'a-b', 'a/b'].map((scenario) => foundRun({ day: 1, scenario })));
    for (const id of ['series-a-b', 'series-a-b-2', 'series-a-b-3']) {
      expect(html.split(`<section id="${id}"`)).toHaveLength(2);
      expect(html).toContain(`href="#${id}"`);
    }
  });

  it('marks each change of a version, in every chart and in words', () => {
    const html = page([foundRun({ day: 1 }), foundRun({ day: 2, kea: '2.6.3' })]);
    expect(html.match(/<path class="change" d="M[\d.]+ /g)).toHaveLength(CHARTS + 1);
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

  it('names the run at each of its points and rows', () => {
    const run = foundRun({ day: 1 });
    const html = page([run]);
    expect(html.split(`; run ${run.name}</title`)).toHaveLength(CHARTS + 1);
    expect(html).toMatch(new RegExp(`<td [^>]*data-head="run">${run.name}</td>`));
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
    const html = page([{ ...foundRun({ day: 1, scenario }), name: 'a' }]);
    const visible = html
      .replace(/<details>\s*<summary>The whole name[^]*?<\/details>/, '')
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

  it('draws each of a hundred runs in each chart', () => {
    const html = page(Array.from({ length: 100 }, (_, day) => foundRun({ day: day + 1 })));
    expect(html.match(/class="hit mark"/g)).toHaveLength(CHARTS * 100);
    expect(html).not.toContain('NaN');
  });
});
