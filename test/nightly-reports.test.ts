import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { suiteSchema } from '../src/report/suite-result.js';
import { eventSchema } from '../src/run/events/schema.js';
import { historyValue, trendSchema } from '../src/history/trend-schema.js';
import { BrowserPage, THEMES } from './support/browser-page.js';
import { shippedSchemaProblems } from './support/shipped-schema.js';
import { NO_HURRY, setting } from './support/small-scenario.js';
import { test } from './support/test-with-browser.js';
import type { Workspace } from './support/workspace.js';

/** A scenario that passes, and a negative control. */
const SCENARIOS = ['small.yaml', 'negative-control'];
const SMALL = setting({
  cases: '[dhcp4]',
  'load.clientsPerServer': 6,
  'load.timeoutMs': 20_000,
  ...NO_HURRY,
});

test('two nights in one directory: a suite each, with its reports, and both in the history', async ({
  workspace,
  browser,
}) => {
  const summary = join(workspace.cwd, 'job.md');
  for (const night of [1, 2]) {
    const words = ['run', ...SCENARIOS, ...SMALL, '--quiet', '--events', `events-${night}.jsonl`];
    const harness = workspace.start(words, { env: { GITHUB_STEP_SUMMARY: summary } });
    await harness.ended;
    expect(harness.code, harness.output).toBe(0);
    expect(harness.stdout.trimEnd().split('\n').at(-1)).toBe('PASS  suite, 2 runs: 1 pass, 1 control held');
  }
  const suites = nightsOf(workspace);
  expect(suites).toHaveLength(2);
  for (const directory of suites) expectSuite(directory);
  // There is one summary for each suite, and none for each run.
  expect(readFileSync(summary, 'utf8').match(/^## ✅ PASS suite, /gm)).toHaveLength(2);
  expectEvents(join(workspace.cwd, 'events-2.jsonl'));
  await expectSuitePage(await BrowserPage.open(browser, join(suites[1] ?? '', 'report.html')));

  const trend = await workspace.run(['trend']);
  expect(trend.code, trend.output).toBe(0);
  expect(trend.stdout).toMatch(
    /^negative-control +control held +2 runs, .*\nsmall +pass +2 runs, .*\nreports\/trend\.html\n$/,
  );
  await expectTrendPage(await BrowserPage.open(browser, join(workspace.cwd, 'reports', 'trend.html')));
  const index = await workspace.run(['index']);
  expect(index.code, index.output).toBe(0);
  expect(index.stdout).toBe('4 runs, 2 suites\nreports/index.html\n');
  await expectListing(await BrowserPage.open(browser, join(workspace.cwd, 'reports', 'index.html')), suites);
  await expectJson(workspace);
  expectUploadable(workspace);

  const again = await workspace.run(['report', suites[0] ?? '', '--report', 'junit']);
  expect(again.code, again.output).toBe(0);
  expect(again.stdout.trimEnd().split('\n')).toHaveLength(3);
  await expectPruned(workspace, suites);
});

/** No process fits into a mebibyte, so every try is inconclusive. */
const NEVER_TELLS = [...SMALL, ...setting({ 'limits.maxMemoryMiB': 1 }), '--retry-inconclusive', '1'];

test("a run that can't tell is made again, and counts once", async ({ workspace }) => {
  const alone = await workspace.run(['run', 'small.yaml', ...NEVER_TELLS, '--events', 'events.jsonl']);
  expect(alone.code, alone.output).toBe(2);
  const told = readFileSync(join(workspace.cwd, 'events.jsonl'), 'utf8').trimEnd().split('\n');
  const ended = told
    .map((line) => eventSchema.parse(JSON.parse(line)))
    .filter((one) => one.type === 'run-ended');
  expect(ended.map((one) => one.try)).toEqual([undefined, 2]);
  expect(new Set(ended.map(({ directory }) => directory)).size).toBe(2);
  const trend = await workspace.run(['trend', '--json']);
  const { groups } = trendSchema.parse(JSON.parse(trend.stdout));
  expect(groups.flatMap((group) => group.runs)).toHaveLength(1);
});

function nightsOf({ cwd }: Workspace): string[] {
  const parent = join(realpathSync(cwd), 'reports', 'suite');
  return readdirSync(parent)
    .sort()
    .map((name) => join(parent, name));
}

function expectSuite(directory: string): void {
  const stored: unknown = JSON.parse(readFileSync(join(directory, 'suite.json'), 'utf8'));
  expect(shippedSchemaProblems('suite-result', stored)).toEqual([]);
  const { runs, exitCode } = suiteSchema.parse(stored);
  expect(exitCode).toBe(0);
  expect(runs.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['small', 'pass'],
    ['negative-control', 'control held'],
  ]);
  const xml = readFileSync(join(directory, 'junit.xml'), 'utf8');
  expect(xml).toMatch(/<testsuites name="suite" tests="\d+" failures="0" errors="0" skipped="0"/);
  expect(readFileSync(join(directory, 'summary.md'), 'utf8')).toMatch(/^## ✅ PASS suite, 2 runs/);
}

function expectEvents(file: string): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const events = lines.map((line) => eventSchema.parse(JSON.parse(line)));
  expect(events[0]).toMatchObject({ type: 'suite-started', suite: 'suite' });
  expect(
    events.flatMap((event) =>
      event.type === 'run-ended' ? [[event.run, event.outcome, event.exitCode]] : [],
    ),
  ).toEqual([
    ['small', 'pass', 0],
    ['negative-control', 'control held', 0],
  ]);
  expect(events.at(-1)).toMatchObject({ type: 'suite-ended', exitCode: 0 });
}

/** Checks every page: it has no complaints, requests nothing else, and is not wider than its window. */
async function expectSound(page: BrowserPage): Promise<void> {
  for (const theme of THEMES) {
    for (const width of [1280, 400]) {
      await page.shownAt(width, 800, theme);
      expect(await page.value('document.documentElement.scrollWidth')).toBe(width);
    }
  }
  expect(page.complaints).toEqual([]);
  expect(page.requests).toHaveLength(1);
}

async function linksOf(page: BrowserPage, within: string): Promise<string[]> {
  return page.value(
    `[...document.querySelectorAll('${within} a[href]:not([href^="#"])')].map((link) => decodeURI(new URL(link.href).pathname))`,
  );
}

async function expectSuitePage(page: BrowserPage): Promise<void> {
  await expectSound(page);
  const cards = await page.value<string[]>(
    "[...document.querySelectorAll('.card')].map((card) => card.innerText)",
  );
  expect(cards).toHaveLength(2);
  expect(cards[0]).toMatch(/^small\s+✓ pass\s+Conformance\s+pass\s+dhcp4, duplicate leases\s+0 of 6\b/);
  expect(cards[1]).toMatch(
    /^negative-control\s+✓ control held\s+Conformance\s+fail\s+dhcp4, held by two\s+6\b/,
  );
  const links = await linksOf(page, '.cards');
  expect(links).toHaveLength(2);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
}

async function expectTrendPage(page: BrowserPage): Promise<void> {
  await expectSound(page);
  expect(await page.value("document.querySelector('.verdict').innerText")).toContain('GOOD');
  expect(await page.value("document.querySelectorAll('#overview tbody tr').length")).toBe(2);
  const links = await linksOf(page, '.scroll');
  // Each of the two series has two runs in its table. The last one is in the overview too.
  expect(links).toHaveLength(2 * (2 + 1));
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
  // Two runs make no charts.
  expect(await page.value("document.querySelectorAll('svg[data-runs]').length")).toBe(0);
  expect(await page.value("document.querySelectorAll('#short-series tbody tr').length")).toBe(2 * 2);
}

/** The list has both suites and their four runs. With scripts it hides the runs until something is looked for. */
async function expectListing(page: BrowserPage, suites: readonly string[]): Promise<void> {
  await expectSound(page);
  const shown = () =>
    page.value<string[]>(
      `[...document.querySelectorAll('#everything tbody tr')].filter((row) => row.offsetParent !== null).map((row) => row.cells[2].innerText)`,
    );
  expect(await shown()).toEqual(['suite suite', 'suite suite']);
  await page.value("document.querySelector('[data-find=small]').click()");
  expect(await shown()).toEqual(['small in suite', 'small in suite']);
  const links = await linksOf(page, '#everything');
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
  expect(links.filter((path) => suites.includes(dirname(path)))).toHaveLength(2);
  expect(links).toHaveLength(2 + 4);
  expect(await page.value('document.querySelector(\'header a[href="trend.html"]\').textContent')).toBe(
    'Trend',
  );
}

async function expectJson(workspace: Workspace): Promise<void> {
  const { code, stdout, output } = await workspace.run(['trend', '--json']);
  expect(code, output).toBe(0);
  const told: unknown = JSON.parse(stdout);
  expect(shippedSchemaProblems('trend', told)).toEqual([]);
  const { groups, passedOver } = trendSchema.parse(told);
  expect(passedOver).toEqual([]);
  expect(groups.map(({ scenario, runs, redSince }) => [scenario, runs.length, redSince])).toEqual([
    ['negative-control', 2, null],
    ['small', 2, null],
  ]);
  expect(groups.map(({ runs }) => historyValue(runs[1]?.figures[0], 'heldByTwo'))).toEqual([6, 0]);
}

/** The workflow in docs/ uploads and leaves out files that runs really write. Its suites are those of `--all`. */
function expectUploadable(workspace: Workspace): void {
  const workflow = new URL('../docs/github-actions/nightly.yml', import.meta.url);
  const { jobs } = parse(readFileSync(workflow, 'utf8')) as {
    jobs: Record<string, { steps: { uses?: string; with?: { path?: string } }[] }>;
  };
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const upload = steps.find(({ uses }) => uses?.includes('upload-artifact') === true);
  const patterns = upload?.with?.path?.trim().split('\n') ?? [];
  expect(patterns).toContain('events.jsonl');
  for (const pattern of patterns.filter((one) => one !== 'events.jsonl')) {
    const path = pattern.replace(/^!/, '').replace('reports/all', 'reports/suite');
    expect(matching(workspace.cwd, path.split('/')), pattern).not.toEqual([]);
  }
}

/** The paths below a directory that match the parts; a star stands for any characters. */
function matching(directory: string, [part, ...more]: readonly string[]): string[] {
  if (part === undefined) return [directory];
  const entries = statSync(directory).isDirectory() ? readdirSync(directory) : [];
  const pattern = new RegExp(`^${part.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return entries
    .filter((name) => pattern.test(name))
    .flatMap((name) => matching(join(directory, name), more));
}

async function expectPruned(workspace: Workspace, suites: readonly string[]): Promise<void> {
  const marked = await workspace.run(['baseline', 'set', join(suites[0] ?? '', 'small')]);
  expect(marked.code, marked.output).toBe(0);
  const prune = () => workspace.run(['clean', '--keep-last', '1']);
  expect((await prune()).stdout).toMatch(/^reports\/suite\/.*: kept, as it is a baseline\n$/);
  expect((await workspace.run(['baseline', 'clear', 'small'])).code).toBe(0);
  expect((await prune()).stdout).toMatch(/^reports\/suite\/.*: removed\n$/);
  expect(nightsOf(workspace)).toEqual(suites.slice(1));
}
