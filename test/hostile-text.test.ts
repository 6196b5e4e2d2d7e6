import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { HOSTILE, hostileResults } from '../src/report/hostile.test-support.js';
import { reportPage } from '../src/report/html/page.js';
import { junitReport } from '../src/report/junit/junit.js';
import type { Result } from '../src/results/result.js';
import { BrowserPage } from './support/browser-page.js';
import { test } from './support/test-with-browser.js';

/** How a page shows a control character. Line feeds stay as they are. */
const SHOWN = '\\u001b[31mred';

test('text of clients, servers and logs adds no element to a page, and no script runs', async ({
  workspace,
  browser,
}) => {
  for (const [index, result] of hostileResults().entries()) {
    const file = join(workspace.cwd, `hostile-${index}.html`);
    const witnesses = result.cases.flatMap((one) =>
      one.witnesses.map((each) => ({ ...each, case: one.name })),
    );
    writeFileSync(file, reportPage({ result, witnesses, witnessesOmitted: 0 }));
    const page = await BrowserPage.open(browser, file);

    expect(
      await page.value("document.querySelectorAll('img, iframe, [onerror], a[href^=javascript]').length"),
    ).toBe(0);
    expect(await page.value("document.querySelectorAll('script').length")).toBe(2);
    expect(await page.value('document.title')).toContain(HOSTILE.slice(0, 40));
    const text = await page.value<string>('document.body.textContent');
    expect(text).toContain(SHOWN);
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    const data = "JSON.parse(document.getElementById('witness-data').textContent)";
    expect(await page.value(`${data}.length`)).toBe(witnesses.length);
    expect(await page.value(`${data}[0][0]`)).toContain(SHOWN);
    expect(await page.value("document.querySelectorAll('#witness-list tbody tr').length")).toBe(
      witnesses.length,
    );
    expect(page.complaints).toEqual([]);
    expect(page.requests).toHaveLength(1);
  }
});

test('junit.xml can be parsed whatever text it holds, and has all of it', async ({ workspace, browser }) => {
  for (const [index, result] of hostileResults().entries()) {
    const file = join(workspace.cwd, `junit-${index}.html`);
    writeFileSync(file, '<!doctype html><title>none</title>');
    const page = await BrowserPage.open(browser, file);
    const parsed = await page.value<{ errors: number; names: string[]; suite: string }>(parsing(result));
    expect(parsed.errors).toBe(0);
    expect(parsed.names.length).toBeGreaterThanOrEqual(result.checks.length);
    expect(parsed.suite).toContain(SHOWN);
    expect(
      new Set(parsed.names.filter((name) => name.includes('<')).map((name) => name.includes(SHOWN))),
    ).toEqual(new Set([true]));
  }
});

function parsing(result: Result): string {
  return `(() => {
    const parsed = new DOMParser().parseFromString(${JSON.stringify(junitReport(result))}, 'text/xml');
    const names = [...parsed.querySelectorAll('testcase')].map((one) => one.getAttribute('name'));
    const suite = parsed.querySelector('testsuite').getAttribute('name');
    return { errors: parsed.querySelectorAll('parsererror').length, names, suite };
  })()`;
}
