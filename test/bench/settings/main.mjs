// main.mjs [--only SUITE,…] [OPTIONS OF run…]: runs the suites of docs/settings.md at their quick pace, one after the
// other, and writes the table of each between its markers there. `npm run measure:settings`. Each finished suite is
// written at once, so a long measurement can be stopped and continued with --only.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineLine, markdown, shown } from '../stress/tables.mjs';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = join(CHECKOUT, 'docs/settings.md');
const MARKERS = /<!-- suite ([a-z0-9-]+) -->[^]*?<!-- end of suite -->/g;

const given = process.argv.slice(2);
const at = given.indexOf('--only');
const only = at === -1 ? undefined : given[at + 1]?.split(',');
const options = at === -1 ? given : given.toSpliced(at, 2);

const directory = mkdtempSync(join(tmpdir(), 'settings-'));
const names = [...readFileSync(PAGE, 'utf8').matchAll(MARKERS)].map(([, name]) => name);
for (const name of names) if (only?.includes(name) ?? true) measure(name);
console.log(`${PAGE} has the figures; the runs are in ${directory}`);

/** Runs a suite, and puts its table in the page. The exit code is ignored: suite.json says how the runs ended. */
function measure(name) {
  const out = join(directory, name);
  const began = Date.now();
  spawnSync(
    process.execPath,
    [join(CHECKOUT, 'dist/cli.js'), 'run', name, '--quick', ...options, '--out', out],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const seconds = Math.round((Date.now() - began) / 1_000);
  const { runs, tables } = JSON.parse(readFileSync(join(out, 'suite.json'), 'utf8'));
  const first = runs.map(({ directory: run }) => resultIn(join(out, run))).find((one) => one?.environment);
  if (first === undefined) {
    console.log(`${name}: no run could be made, and its table stays as it was`);
    return;
  }
  const section = [
    `<!-- suite ${name} -->`,
    `${machineLine(first, ['--quick', ...options])} The suite took ${seconds} s.`,
    ...tables.map(tableOf),
    '<!-- end of suite -->',
  ].join('\n\n');
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(
    PAGE,
    page.replaceAll(MARKERS, (whole, suite) => (suite === name ? section : whole)),
  );
}

/** The result of a run; undefined for one that could not be made. */
function resultIn(run) {
  const file = join(run, 'result.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** A row for each figure of each case, a column for each run. */
function tableOf({ columns, rows }) {
  return markdown(
    ['', ...columns],
    rows.map(({ case: kind, phase, figure, values, unit }) => [
      [kind, phase, figure].filter(Boolean).join(' '),
      ...values.map((value) => shown(value, unit)),
    ]),
  );
}
