import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pageKindOf } from '../src/store/page-kind.js';
import type { Browser } from './support/browser.js';
import { BrowserPage } from './support/browser-page.js';
import { Axe } from './support/pages/axe.js';
import { FAINT_COLOURS, ILLEGIBLE_IN_CHARTS } from './support/pages/contrast.js';
import { EVERY_PAGE } from './support/pages/every-page.js';
import type { PagesByName } from './support/pages/made-page.js';
import { test } from './support/test-with-browser.js';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));
const read = (path: string) => readFileSync(join(SOURCE, path), 'utf8');
const filesOf = (ending: string) =>
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith(ending) && !/\.test(-support)?\.ts$/.test(name),
  );

const PAGES: PagesByName = Object.assign(
  {},
  ...Object.values(EVERY_PAGE).map((make) => make()),
) as PagesByName;
const ALL = Object.values(PAGES)
  .join('\n')
  .replaceAll(/<style>[^]*?<\/style>/g, '');

describe('the pages of these tests', () => {
  it('are of each kind that there is', () => {
    const makers = filesOf('.ts').filter((name) => /\breturn htmlDocument\(/.test(read(name)));
    expect(makers.sort()).toEqual(Object.keys(EVERY_PAGE).sort());
  });

  it('tell their kind by their title, as a page replaces none of another kind', () => {
    const kinds = Object.values(EVERY_PAGE).map((make) => [
      ...new Set(
        Object.values(make()).map((page) => pageKindOf(/<title>([^<]*)<\/title/.exec(page)?.[1] ?? '')),
      ),
    ]);
    expect(kinds.map((one) => one.length)).toEqual(kinds.map(() => 1));
    // A run and its suite have a report each, at places of their own.
    expect(new Set(kinds.flat()).size).toBe(kinds.length - 1);
  });

  it('have each section that there is', () => {
    const there = filesOf('.ts').flatMap((name) =>
      /\bhtml\/|curves\//.test(name) ? [...read(name).matchAll(/^ +(?:return \{ )?id: '([\w-]+)'/gm)] : [],
    );
    const ids = new Set(there.map(([, id = '']) => id));
    expect(ids.size).toBeGreaterThan(25);
    expect([...ids].filter((id) => !ALL.includes(`<section id="${id}"`))).toEqual([]);
  });

  it('have each look that the style sheets know', () => {
    const used = new Set(
      [...ALL.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(/\s+/)),
    );
    const known = filesOf('.css').flatMap((name) => [
      ...read(name)
        .replaceAll(/\{[^}]*\}/g, ' ')
        .matchAll(/\.([a-z][\w-]*)/g),
    ]);
    const missing = new Set(known.map(([, name = '']) => name).filter((name) => !used.has(name)));
    // The script gives them: to the mark that the arrow keys have come to, and to frames with more to the right.
    expect([...missing].sort()).toEqual(['current', 'more']);
  });
});

const WINDOWS = [
  { width: 1280, theme: 'light', scope: 'everything' },
  { width: 1280, theme: 'dark', scope: 'theme' },
  { width: 400, theme: 'light', scope: 'window' },
  { width: 400, theme: 'dark', scope: 'theme' },
] as const;

/** Does something with each page, with all its details open. Two pages at a time, as a browser has a process for each. */
async function withEach(
  browser: Browser,
  directory: string,
  use: (page: BrowserPage, name: string) => Promise<void>,
): Promise<void> {
  const waiting = Object.entries(PAGES);
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [name, html] = next;
      const file = join(directory, `${name}.html`);
      writeFileSync(file, html);
      const page = await BrowserPage.open(browser, file);
      await page.value("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      await use(page, name);
      // A timeline says itself which of its parts are missing.
      expect(page.complaints.filter((one) => !one.includes('/timeline/'))).toEqual([]);
    }
  };
  await Promise.all([worker(), worker()]);
}

test('axe finds nothing on any page, wide and narrow, light and dark', async ({ workspace, browser }) => {
  const found: string[] = [];
  await withEach(browser, workspace.cwd, async (page, name) => {
    const axe = await Axe.of(page);
    for (const { width, theme, scope } of WINDOWS) {
      await page.shownAt(width, 800, theme);
      const findings = await axe.findings(scope);
      found.push(...findings.map((one) => `${name}, ${width} ${theme}: ${one}`));
    }
  });
  expect(found).toEqual([]);
});

/** Drawings that are neither described nor hidden, or whose description is a name without a value. */
const UNDESCRIBED = `[...document.querySelectorAll('svg')]
  .filter((svg) => svg.closest('[aria-hidden="true"]') === null && svg.parentElement.closest('svg') === null)
  .filter((svg) => svg.getAttribute('role') !== (svg.querySelector('a') === null ? 'img' : 'group') || svg.getAttribute('aria-label').trim() === '')
  .map((svg) => svg.outerHTML.slice(0, 200))`;

/**
 * Cells of stacked rows that don't begin where their column does in the first row, or reach into the next one. Rows that leave out
 * cells stand for themselves.
 */
const UNALIGNED = `[...document.querySelectorAll('table:not(.sequence)')].flatMap((table) => {
  const whole = [...table.tBodies[0].rows].filter((row) => [...row.cells].every((cell) => cell.checkVisibility()));
  const [first, ...rows] = whole.map((row) =>
    [...row.cells].map((cell) => Math.round(cell.getBoundingClientRect().left)).join());
  const overfull = [...table.querySelectorAll('td')].filter((cell) => cell.scrollWidth > cell.clientWidth);
  return [
    ...rows.filter((row) => row !== first).map((row) => first + ' and ' + row),
    ...overfull.map(({ textContent }) => 'too long: ' + textContent.slice(0, 60)),
  ];
})`;

/** Texts of charts that reach beyond their drawing, where they are cut. */
const CUT = `[...document.querySelectorAll('svg text')].filter((text) => text.checkVisibility()).flatMap((text) => {
  const its = text.getBoundingClientRect();
  const whole = text.ownerSVGElement.getBoundingClientRect();
  // A name of a hundred characters has no room in any chart; a table has all of it.
  if (/x{9}/.test(text.textContent)) return [];
  return its.left < whole.left - 1 || its.right > whole.right + 1 ? [text.textContent.slice(0, 60)] : [];
})`;

test('every page fits its window, its charts are described, and their texts have contrast', async ({
  workspace,
  browser,
}) => {
  const found: [string, unknown][] = [];
  await withEach(browser, workspace.cwd, async (page, name) => {
    found.push([`${name}: charts without a description`, await page.value(UNDESCRIBED)]);
    for (const { width, theme } of WINDOWS) {
      await page.shownAt(width, 800, theme);
      const at = `${name}, ${width} ${theme}`;
      found.push([
        `${at}: wider by`,
        (await page.value<number>('document.documentElement.scrollWidth')) - width,
      ]);
      if (!name.startsWith('hostile')) found.push([`${at}: texts that are cut`, await page.value(CUT)]);
      found.push([`${at}: texts without contrast`, await page.value(ILLEGIBLE_IN_CHARTS)]);
      found.push([`${at}: colours without contrast`, await page.value(FAINT_COLOURS)]);
      if (width === 400) found.push([`${at}: cells apart`, await page.value(UNALIGNED)]);
    }
  });
  expect(found.length).toBeGreaterThan(100);
  expect(found.filter(([, what]) => (Array.isArray(what) ? what.length > 0 : what !== 0))).toEqual([]);
});

/** What everything that can have the focus looks like without it. */
const REMEMBER_LOOKS = `(() => {
  const look = (element) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    return [outlineStyle, outlineWidth, outlineColor].join(' ');
  };
  const able = 'a[href], button:not(:disabled), input, select, summary, [tabindex="0"]';
  const stops = [...document.querySelectorAll(able)].filter((one) => one.checkVisibility());
  const before = new Map(stops.map((one) => [one, look(one)]));
  window.focused = () => {
    const one = document.activeElement;
    return { at: stops.indexOf(one), what: one.outerHTML.slice(0, 120), isSeen: look(one) !== before.get(one) };
  };
  return stops.length;
})()`;

test('the Tab key goes through every page in order, and the focus is seen', async ({
  workspace,
  browser,
}) => {
  const wrong: string[] = [];
  await withEach(browser, workspace.cwd, async (page, name) => {
    await page.shownAt(1280, 800, 'light');
    const stops = await page.value<number>(REMEMBER_LOOKS);
    for (let expected = 0; expected < stops; expected++) {
      await page.press('Tab');
      const { at, what, isSeen } = await page.value<{ at: number; what: string; isSeen: boolean }>(
        'focused()',
      );
      if (at !== expected) wrong.push(`${name}: stop ${expected} is ${at}: ${what}`);
      if (!isSeen) wrong.push(`${name}: focus is not seen: ${what}`);
    }
  });
  expect(wrong).toEqual([]);
});

test('the arrow keys go through the marks of each chart, and tell the value of each', async ({
  workspace,
  browser,
}) => {
  const file = join(workspace.cwd, 'faults.html');
  writeFileSync(file, PAGES['faults'] ?? '');
  const page = await BrowserPage.open(browser, file);
  const charts = await page.value<number[]>(
    `[...document.querySelectorAll('svg[tabindex="0"]')].map((svg) => svg.querySelectorAll('.mark').length)`,
  );
  expect(charts.length).toBeGreaterThan(10);
  for (const [chart, marks] of charts.entries()) {
    await page.value(
      `document.querySelectorAll('svg[tabindex="0"]')[${chart}].focus({ focusVisible: true })`,
    );
    for (let mark = 0; mark < Math.min(3, marks); mark++) {
      const [current, shown, own] = await page.value<[number, string, string]>(`(() => {
        const marks = [...document.activeElement.querySelectorAll('.mark')];
        const { hidden, textContent } = document.getElementById('tip');
        const at = marks.findIndex((one) => one.classList.contains('current'));
        return [at, hidden ? '' : textContent, marks[at]?.dataset.tip];
      })()`);
      expect(current).toBe(mark);
      expect(shown).toBe(own);
      expect(own).not.toBe('');
      await page.press('ArrowRight');
    }
  }
  await page.press('Escape');
  expect(await page.value("document.getElementById('tip').hidden")).toBe(true);
});
