import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { WitnessOfCase } from '../src/report/html/input.js';
import { reportPage } from '../src/report/html/page.js';
import { BrowserPage, THEMES } from './support/browser-page.js';
import { RunFiles } from './support/run-files.js';
import { setting, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-browser.js';

const HOSTILE = `</script><script>document.title='taken'</script><img src=x onerror="document.title='taken'">`;

test('the page of a real run shows its figures, requests nothing and has no errors', async ({
  workspace,
  browser,
}) => {
  const { code, output } = await workspace.run([
    'run',
    'negative-control',
    ...setting({ 'load.clientsPerServer': 12, cases: '[dhcp4, dhcp6-ia-pd]' }),
  ]);
  expect(code, output).toBe(0);
  const run = RunFiles.only(workspace.cwd, 'negative-control');
  const page = await BrowserPage.open(browser, join(run.path, 'report.html'));

  await expectFiguresOf(page, run.result);
  await expectFitting(page);
  await expectSorting(page);
  await expectTips(page);
  await expectFindable(page, run.result.cases.flatMap(({ witnesses }) => witnesses).length);
  expect(page.complaints).toEqual([]);
  expect(page.requests).toEqual([expect.stringMatching(/^file:.*\/report\.html$/)]);
});

test('a hundred thousand witnesses are searched and paged, and their names are never run as code', async ({
  workspace,
  browser,
}) => {
  const { code, output } = await workspace.run(smallRun({}, '--report', 'none'));
  expect(code, output).toBe(0);
  const run = RunFiles.only(workspace.cwd, 'small');
  expect(run.has('report.html')).toBe(false);
  const file = join(run.path, 'many.html');
  const witnesses = Array.from({ length: 100_000 }, (_, i) => hostileWitness(i));
  writeFileSync(file, reportPage({ result: run.result, witnesses, witnessesOmitted: 5 }));
  const page = await BrowserPage.open(browser, file);

  const shown = () => page.value<string>("document.getElementById('witness-count').textContent");
  expect(await shown()).toBe('1–25 of 100,000');
  expect(await page.value("document.querySelectorAll('#witness-list tbody tr').length")).toBe(25);
  await page.value("document.getElementById('witness-on').click()");
  expect(await shown()).toBe('26–50 of 100,000');
  await find(page, 'server-99999 ');
  expect(await shown()).toBe('1–1 of 1');
  expect(await page.value("document.querySelector('#witness-list tbody td').textContent")).toBe(HOSTILE);
  await find(page, 'nobody');
  expect(await shown()).toBe('none of 0');
  expect(await page.value('document.title')).toBe('PASS small');
  expect(page.complaints).toEqual([]);
  expect(page.requests).toHaveLength(1);
});

function hostileWitness(index: number): WitnessOfCase {
  const identity = { identifier: HOSTILE };
  const holder = {
    client: index,
    identity,
    server: `server-${index}`,
    lease: HOSTILE,
    fromUs: 1,
    untilUs: null,
  };
  return { case: HOSTILE, kind: 'held-concurrently', lease: HOSTILE, otherLease: null, holders: [holder] };
}

/** Every figure on the page has the value at its path in `result.json`. A whole number is shown in full. */
async function expectFiguresOf(page: BrowserPage, result: unknown): Promise<void> {
  const figures = await page.value<{ path: string; value: string; shown: string }[]>(
    `[...document.querySelectorAll('[data-figure]')].map(({ dataset, textContent }) =>
      ({ path: dataset.figure, value: dataset.value, shown: textContent }))`,
  );
  expect(figures.length).toBeGreaterThan(100);
  for (const { path, value, shown } of figures) {
    const stored = valueAt(result, path);
    expect(stored, path).toBeDefined();
    expect(value, path).toBe(stored === null ? '' : JSON.stringify(stored));
    if (Number.isInteger(stored) && !path.endsWith('Percent') && !/late(ncy|ness)Ms/.test(path)) {
      // A whole number may be shown as 0.00, beside others of its kind that are not whole.
      expect(Number(shown.trim().replaceAll(',', '').split(' ')[0]), path).toBe(stored);
    }
  }
}

function valueAt(result: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], result);
}

/** Verdict and cases are visible without scrolling, and a narrow window never scrolls sideways. */
async function expectFitting(page: BrowserPage): Promise<void> {
  for (const theme of THEMES) {
    await page.shownAt(1280, 800, theme);
    expect(await page.value("document.querySelector('.verdict').innerText")).toContain('CONTROL HELD');
    const bottoms = await page.value<number[]>(
      "[...document.querySelectorAll('.card')].map((card) => card.getBoundingClientRect().bottom)",
    );
    expect(bottoms).toHaveLength(2);
    expect(Math.max(...bottoms)).toBeLessThan(800);
    await page.shownAt(400, 800, theme);
    expect(await page.value('document.documentElement.scrollWidth')).toBe(400);
    const [text, ground] = await page.value<[string, string]>(
      '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
    );
    expect(luminance(text) < luminance(ground)).toBe(theme === 'light');
  }
  await page.shownAt(1280, 800, 'light');
}

/** The luminance of a colour such as `rgb(20, 23, 26)`, exact enough to tell dark from light. */
function luminance(colour: string): number {
  return (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
}

async function expectSorting(page: BrowserPage): Promise<void> {
  const clicked = `(() => {
    const [head] = [...document.querySelectorAll('#latency th')].filter((one) => one.textContent === 'longest ms');
    head.querySelector('button').click();
    const table = head.closest('table');
    return [...table.tBodies[0].rows].map((row) => Number(row.cells[head.cellIndex].dataset.value));
  })()`;
  const ascending = await page.value<number[]>(clicked);
  expect(ascending.length).toBeGreaterThan(8);
  expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
  expect(await page.value<number[]>(clicked)).toEqual([...ascending].sort((a, b) => b - a));
}

/** Each mark of each chart has a tip that describes it. */
async function expectTips(page: BrowserPage): Promise<void> {
  const tips = await page.value<string[]>(`[...document.querySelectorAll('.mark')].map((mark) => {
    mark.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    const tip = document.getElementById('tip');
    return tip.hidden ? '' : tip.textContent;
  })`);
  expect(tips.length).toBeGreaterThan(9);
  expect(tips.filter((tip) => tip === '')).toEqual([]);
  expect(tips).toContain('12 leases given to 3 clients');
}

async function expectFindable(page: BrowserPage, witnesses: number): Promise<void> {
  expect(witnesses).toBe(24);
  await find(page, 'dhcp6-ia-pd');
  expect(await page.value("document.getElementById('witness-count').textContent")).toBe('1–12 of 12');
}

async function find(page: BrowserPage, text: string): Promise<void> {
  await page.value(`(() => {
    const field = document.getElementById('witness-find');
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new Event('input'));
  })()`);
}
