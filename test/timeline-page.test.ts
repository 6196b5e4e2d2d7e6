import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { faultedResult, FROZEN, KILLED, LOAD_BEGAN_S } from '../src/report/faults.test-support.js';
import { reportPage } from '../src/report/html/page.js';
import type { Result } from '../src/results/result.js';
import type { Browser } from './support/browser.js';
import { BrowserPage, THEMES } from './support/browser-page.js';
import { ILLEGIBLE_IN_CHARTS } from './support/pages/contrast.js';
import { test } from './support/test-with-browser.js';

/** The page of a made-up run, by default of one in which node-2 is killed and a server is frozen. */
async function opened(
  browser: Browser,
  directory: string,
  result = faultedResult([KILLED, FROZEN]),
): Promise<BrowserPage> {
  const file = join(directory, 'report.html');
  writeFileSync(file, reportPage({ result, witnesses: [], witnessesOmitted: 0 }));
  return BrowserPage.open(browser, file);
}

/** The left and right edges of all shades of the killed node in the timeline, in pixels. */
const SHADES = `[...document.querySelectorAll('.lane:not(.axis) > svg')].map((svg) => {
  const { left, right } = svg.querySelector('.fault.in-place').getBoundingClientRect();
  return [Math.round(left), Math.round(right)].join();
})`;

/** Texts that reach beyond the part of the lane that they stand in, or beyond the lane. */
const CUT_OFF = `[...document.querySelectorAll('.lane text.in-lane')].filter((text) => {
  let part = text;
  while (part !== null && !part.matches('rect')) part = part.previousElementSibling;
  const own = text.getBoundingClientRect();
  return own.width > 0 && own.right > (part ?? text.closest('.lane > svg')).getBoundingClientRect().right + 1;
}).map(({ textContent }) => textContent)`;

test('the timeline fits a wide and a narrow window, light and dark, and tells all its marks', async ({
  workspace,
  browser,
}) => {
  const page = await opened(browser, workspace.cwd);
  for (const theme of THEMES)
    for (const width of [1280, 400]) {
      await page.shownAt(width, 800, theme);
      expect(await page.value('document.documentElement.scrollWidth')).toBe(width);
      const shades = await page.value<string[]>(SHADES);
      expect(shades).toHaveLength(6);
      expect(new Set(shades).size).toBe(1);
      expect(await page.value("document.querySelectorAll('.lane text.in-lane').length")).toBeGreaterThan(15);
      expect(await page.value(CUT_OFF)).toEqual([]);
    }
  // What was done is legible even where the window is narrow.
  const legible = `[...document.querySelectorAll('.own-fault text')].filter((text) =>
    getComputedStyle(text).display !== 'none').map(({ textContent }) => textContent)`;
  expect(await page.value(legible)).toContain('1 killed');
  const untold = `[...document.querySelectorAll('.lane .mark')].filter((mark) => {
    mark.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    return document.getElementById('tip').textContent === '';
  }).length`;
  expect(await page.value(untold)).toBe(0);
  expect(page.complaints).toEqual([]);
  expect(page.requests).toHaveLength(1);
});

/**
 * A run in which much comes together: the clients of server-2 get their first lease after two undoings at once, soon
 * after that wait again, and the server ends while its clients get nothing.
 */
function crowdedResult(): Result {
  const later = {
    ...KILLED,
    on: 'node-1',
    targets: ['node-1'],
    undoBeganAtUs: (13 + LOAD_BEGAN_S) * 1_000_000,
  };
  const ended = {
    kind: 'server',
    name: 'dhcp4 server-2',
    how: 'exit code 1',
    fault: 0,
    lastLines: [],
  } as const;
  const deaths = [{ ...ended, atUs: (8 + LOAD_BEGAN_S) * 1_000_000 }];
  const result = faultedResult([KILLED, later, FROZEN], { deaths });
  const again = { longestGapFromMs: 16_800, longestGapMs: 1_500, firstLeaseAfterMs: 300 };
  const faults = result.faults?.faults.map((fault, index) => ({
    ...fault,
    servers: fault.servers.map((one) =>
      index === 2 && one.server === 'dhcp4 server-2' ? { ...one, ...again } : one,
    ),
  }));
  return { ...result, ...(result.faults && faults && { faults: { ...result.faults, faults } }) };
}

/** What a reader sees of a lane: its texts, and the lines of the times without a lease. */
const IN_LANES = `[...document.querySelectorAll('.lane > svg')].map((svg) => {
  const seen = (selector) => [...svg.querySelectorAll(selector)].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return getComputedStyle(one).display !== 'none' && width + height > 0;
  });
  return { svg, texts: seen('text'), lines: seen('.gap line') };
})`;

/** Texts of a lane that reach into each other, and lines that go through a text. */
const OVERLAPS = `${IN_LANES}.flatMap(({ texts, lines }) => texts.flatMap((text, index) => {
  const own = text.getBoundingClientRect();
  return [...texts.slice(index + 1), ...lines].filter((one) => {
    const other = one.getBoundingClientRect();
    return own.left < other.right && other.left < own.right && own.top < other.bottom && other.top < own.bottom;
  }).map((one) => text.textContent + ' and ' + (one.textContent || 'a line'));
}))`;

test('no text of the timeline meets another, and all of them have contrast', async ({
  workspace,
  browser,
}) => {
  const page = await opened(browser, workspace.cwd, crowdedResult());
  for (const theme of THEMES)
    for (const width of [1280, 700, 400, 360]) {
      await page.shownAt(width, 800, theme);
      expect(await page.value(OVERLAPS)).toEqual([]);
      expect(await page.value(ILLEGIBLE_IN_CHARTS)).toEqual([]);
    }
});

test('a chart over time shades the faults where its axis has their seconds', async ({
  workspace,
  browser,
}) => {
  const page = await opened(browser, workspace.cwd);
  await page.shownAt(1280, 800, 'light');
  // Ticks at 0 s and 10 s give the scale.
  const seconds = await page.value<[number, number][]>(`[...document.querySelectorAll('.panel > svg')]
    .filter((svg) => svg.textContent.includes('seconds of the load'))
    .map((svg) => {
      const tick = (text) => {
        const found = [...svg.querySelectorAll('.tick:not(.end)')].find((one) => one.textContent === text);
        const { left, right } = found.getBoundingClientRect();
        return (left + right) / 2;
      };
      const [zero, ten] = [tick('0'), tick('10')];
      const { left, right } = svg.querySelector('.fault.in-place').getBoundingClientRect();
      return [left, right].map((x) => Math.round(100 * (x - zero) / (ten - zero)) / 10);
    })`);
  expect(seconds).toHaveLength(4);
  for (const [from, until] of seconds) {
    expect(from).toBeCloseTo(5.1, 0);
    expect(until).toBeCloseTo(12, 0);
  }
});
