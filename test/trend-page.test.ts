import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { BrowserPage } from './support/browser-page.js';
import { LONG_HISTORY, longTrendPage } from './support/pages/trend-pages.js';
import { test } from './support/test-with-browser.js';

const CASES = 5;

/** Opens the details, and waits until the page has noticed. */
const opened = (details: string) => `new Promise((resolve) => {
  const element = document.querySelector('${details}');
  element.addEventListener('toggle', () => resolve(true), { once: true });
  element.open = true;
})`;

test('the page of a long history has few elements, tells each place of its charts, and has every run in its list', async ({
  workspace,
  browser,
}) => {
  const file = join(workspace.cwd, 'trend.html');
  writeFileSync(file, longTrendPage());
  const page = await BrowserPage.open(browser, file);
  expect(page.complaints).toEqual([]);
  // What decides how fast it opens. A time would depend on how busy the machine is.
  expect(await page.value<number>("document.querySelectorAll('*').length")).toBeLessThan(6_000);

  const tips = await page.value<string[]>(
    '[...document.querySelectorAll(\'svg[data-plot="2"] .mark\')].map((mark) => mark.dataset.tip)',
  );
  expect(tips).toHaveLength(100);
  expect(tips[0]).toMatch(
    /^2026-01-01 03:00 to .*, 24 runs: 23 good, 1 red; dhcp4-0 30% to 35\.9%, dhcp4-1 /,
  );
  expect(tips.at(-1)).toMatch(/^2028-09-26 03:00, pass: dhcp4-0 [\d.]+%, dhcp4-1 .*; run galera\/2028-09-26/);

  const list = '#series-galera details';
  const shown = () => page.value<string>(`document.querySelector('${list} .found').textContent`);
  const first = () => page.value<string>(`document.querySelector('${list} tbody tr').cells[0].textContent`);
  await page.value(opened(list));
  // Four of the runs could not be made, and have one row each.
  const rows = (LONG_HISTORY - 4) * CASES + 4;
  expect(await shown()).toBe(`1–25 of ${rows.toLocaleString('en-US')}`);
  expect(await first()).toBe('2028-09-26 03:00');
  // The script breaks long names as the rows do that the page came with.
  const names = `[...document.querySelectorAll('${list} tbody td[data-head="run"]')]`;
  expect(await page.value<boolean>(`${names}.every((cell) => cell.querySelector('wbr') !== null)`)).toBe(
    true,
  );
  await page.value(`document.querySelector('${list} thead button').click()`);
  expect(await first()).toBe('2026-01-01 03:00');
  await page.value(`(() => {
    const find = document.querySelector('${list} .find');
    find.value = 'run.interrupted';
    find.dispatchEvent(new Event('input'));
  })()`);
  expect(await shown()).toBe(`1–${CASES} of ${CASES}`);
  expect(await first()).toBe('2026-01-08 03:00');
});
