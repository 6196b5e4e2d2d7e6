import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { OUTCOMES } from '../src/results/outcomes.js';
import type { Observation } from '../src/observations/observation.js';
import { BrowserPage, THEMES } from './support/browser-page.js';
import { RunFiles } from './support/run-files.js';
import { smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-browser.js';
import { eventually } from './support/wait.js';
import type { Workspace } from './support/workspace.js';

test('the timeline of a real run counts every request, and shows each of them', async ({
  workspace,
  browser,
}) => {
  const run = await madeRun(workspace);
  const page = await BrowserPage.open(browser, join(run.path, 'timeline.html'));
  await settled(page);

  // The sums of the whole run are the figures of the result.
  const [whole] = run.result.cases;
  const sums = await tableOf(page, 'sums');
  expect(sums).toHaveLength(whole?.phases.length ?? -1);
  for (const { name, outcomes } of whole?.phases ?? []) {
    const row = sums.find((one) => one['phase'] === name);
    const all = OUTCOMES.reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0);
    expect(row?.['requests'], name).toBe(String(all));
    expect(row?.['answered in time'], name).toBe(String(outcomes.lease));
    expect(row?.['refused'], name).toBe(
      String((outcomes.nak ?? 0) + outcomes['no-lease'] + outcomes.partial),
    );
    expect(row?.['answered late'], name).toBe(String(outcomes.late));
  }

  // A reader looks for one client's second phase.
  const sent = run.observations.find(
    (one) => one.type === 'sent' && one.phase === 'REQUEST-ACK' && one.client === 7,
  );
  const answered = run.observations.find(
    (one) => one.type === 'answer' && one.transaction === sent?.transaction && one.phase === 'REQUEST-ACK',
  );
  const [begins, ends] = [secondsOf(sent), secondsOf(answered)];
  await seen(page, `#t=${begins - 0.001},${ends + 0.001}&client=7`);
  const rows = await tableOf(page, 'requests');
  const row = rows.find((one) => one['phase'] === 'REQUEST-ACK' && one['client'] === 'client 7, attempt 1');
  expect(row?.['begins']).toBe(`${begins.toFixed(6)} s`);
  expect(row?.['answer']).toMatch(/^lease after [\d.]+ ms$/);
  expect(row?.['lease']).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  expect(rows.every((one) => one['client']?.startsWith('client 7,'))).toBe(true);

  // The same under the pointer, and with the keyboard.
  const tip = await page.value<string>(POINTED);
  expect(tip).toContain('client 7, attempt 1');
  expect(tip).toContain(row?.['lease']);
  await page.value(key('ArrowDown'));
  expect(await page.value("document.getElementById('chosen').textContent")).toContain('client 7, attempt 1');
  await page.value(key('Home'));
  await settled(page);
  expect((await tableOf(page, 'sums')).map((one) => one['requests'])).toEqual(
    sums.map((one) => one['requests']),
  );
  await page.value(key('+'));
  await settled(page);
  const [from = 0, until = 0] = (await hashOf(page)).replace('#t=', '').split(',').map(parseFloat);
  expect(until - from).toBeGreaterThan(0);
  await page.value("document.getElementById('timeline-right').click()");
  await settled(page);
  const [later = 0] = (await hashOf(page)).replace('#t=', '').split(',').map(parseFloat);
  expect(later).toBeGreaterThan(from);

  for (const theme of THEMES) {
    await page.shownAt(400, 800, theme);
    expect(await page.value('document.documentElement.scrollWidth')).toBe(400);
  }
  expect(page.complaints).toEqual([]);
  expect(page.requests.map((one) => one.split('/').slice(-2).join('/').split('#')[0])).toEqual([
    expect.stringMatching(/\/timeline\.html$/),
    'timeline/0001.js',
  ]);
});

test('the page allows no script but its own and its parts, and says when these are missing', async ({
  workspace,
  browser,
}) => {
  const run = await madeRun(workspace);
  renameSync(join(run.path, 'timeline'), join(run.path, 'elsewhere'));
  const page = await BrowserPage.open(browser, join(run.path, 'timeline.html'));
  await seen(page, '#t=0.5,0.9');
  const status = await page.value<string>("document.getElementById('timeline-status').textContent");
  expect(status).toContain('Single requests are missing');
  expect(status).toContain('columns of');

  const refused = () => page.complaints.filter((one) => one.includes('Content Security Policy')).length;
  await page.value(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1">')`);
  await eventually('the handler is refused', () => refused() > 0);
  const before = refused();
  await page.value("document.write('<script src=elsewhere/0001.js></' + 'script>')");
  await eventually('the script is refused', () => refused() > before);
  expect(await page.value('document.title')).not.toBe('1');
});

test('one finger moves the timeline, two zoom, and the page still scrolls', async ({
  workspace,
  browser,
}) => {
  const run = await madeRun(workspace);
  const page = await BrowserPage.open(browser, join(run.path, 'timeline.html'));
  await page.shownAt(400, 700, 'light');
  const before = { from: 0.4, until: 0.8 };
  await seen(page, `#t=${before.from},${before.until}`);
  await page.value('scrollTo(0, 0)');
  const middle = await page.value<{ x: number; y: number }>(`(() => {
    const { left, top, width, height } = document.getElementById('exchanges').getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  })()`);
  const beside = (dx: number, dy = 0) => ({ x: middle.x + dx, y: middle.y + dy });
  const view = async () => {
    await settled(page);
    const [from = NaN, until = NaN] = (await hashOf(page)).replace('#t=', '').split(',').map(parseFloat);
    return { from, until };
  };

  // A finger that goes to the left brings later requests.
  await page.dragFingers([[beside(60), beside(-60)]]);
  const moved = await view();
  expect(moved.from).toBeGreaterThan(before.from);
  expect(moved.until - moved.from).toBeCloseTo(before.until - before.from, 2);

  await page.dragFingers([
    [beside(-30), beside(-90)],
    [beside(30), beside(90)],
  ]);
  const nearer = await view();
  expect((nearer.until - nearer.from) / (moved.until - moved.from)).toBeCloseTo(1 / 3, 1);

  expect(await page.value('scrollY')).toBe(0);
  await page.dragFingers([[middle, beside(0, -200)]]);
  await eventually('the page scrolls', async () => (await page.value<number>('scrollY')) > 50);
  expect(await view()).toEqual(nearer);
  expect(page.complaints).toEqual([]);
});

async function madeRun(workspace: Workspace): Promise<RunFiles> {
  const { code, output } = await workspace.run(smallRun());
  expect(code, output).toBe(0);
  return RunFiles.only(workspace.cwd, 'small');
}

/** Points at the middle of the last bar. */
const POINTED = `(() => {
  const area = document.getElementById('exchanges');
  const { left, top, width } = area.getBoundingClientRect();
  const tip = document.getElementById('tip');
  for (let x = width; x > 0; x -= 2)
    for (let y = 30; y < 60; y += 4) {
      area.dispatchEvent(new PointerEvent('pointermove', { clientX: left + x, clientY: top + y, bubbles: true }));
      if (!tip.hidden && tip.textContent.includes('client 7')) return tip.textContent;
    }
  return '';
})()`;

function key(name: string): string {
  return `document.getElementById('exchanges').dispatchEvent(new KeyboardEvent('keydown', { key: '${name}', bubbles: true }))`;
}

function hashOf(page: BrowserPage): Promise<string> {
  return page.value('location.hash');
}

/** Shows what another address names. The page reads it only when the browser tells it so. */
async function seen(page: BrowserPage, hash: string): Promise<void> {
  await page.value(`new Promise((resolve) => {
    addEventListener('hashchange', resolve, { once: true });
    location.hash = '${hash}';
  }).then(() => undefined)`);
  await settled(page);
}

/** Parts are loaded, tables filled, and the address is written. */
async function settled(page: BrowserPage): Promise<void> {
  await eventually('the view is complete', () =>
    page.value<boolean>("document.getElementById('exchanges').getAttribute('aria-busy') === 'false'"),
  );
}

function secondsOf(observation: Observation | undefined): number {
  if (observation?.type === 'sent') return observation.sentAtUs / 1e6;
  return observation?.type === 'answer' ? observation.receivedAtUs / 1e6 : NaN;
}

/** The rows of a table, each by the heads of its columns. */
function tableOf(page: BrowserPage, id: string): Promise<Record<string, string>[]> {
  return page.value(`[...document.querySelectorAll('#${id} tbody tr')].map((row) =>
    Object.fromEntries([...row.cells].map((cell) => [cell.dataset.head, cell.textContent])))`);
}
