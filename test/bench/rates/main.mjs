// main.mjs [--only SUITE,…] [--file FILE] [--print]: searches the highest rate for each value of the settings of which the
// rate is the question, as their suites have them, with DHCPv4. `npm run measure:rates`. Each search adds a line of JSON to
// FILE, and is not made again while its line is there, so the measurement can be stopped and continued. In the end the
// table goes between its markers in docs/settings.md. --print makes no search.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { linesIn } from '../lines.mjs';
import { machineLine, markdown } from '../stress/tables.mjs';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = join(CHECKOUT, 'docs/settings.md');
const SUITES = [
  'advice',
  'threads',
  'flush',
  'servers-per-node',
  'database-versions',
  'nodes',
  'sync-wait',
  'allocators',
];
/** Half a minute for each rate would give steadier answers, and take hours. */
const SEARCH = ['--from', '40', '--to', '640', '--seconds', '10', '--resolution', '10'];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    file: { type: 'string', default: join(CHECKOUT, 'docs/measured/rates.jsonl') },
    print: { type: 'boolean', default: false },
  },
});
const lines = linesIn(values.file);
const suites = values.only?.split(',') ?? SUITES;

for (const suite of suites) {
  const { runs, set: common } = parse(readFileSync(join(CHECKOUT, `suites/${suite}.yaml`), 'utf8'));
  for (const { name, scenario, set } of runs) {
    const isThere = lines.some((one) => one.suite === suite && one.value === name);
    if (isThere || values.print) continue;
    const line = search(suite, name, { ...common, ...keaOf(scenario), ...set });
    lines.push(line);
    appendFileSync(values.file, `${JSON.stringify(line)}\n`);
    console.log(`${suite} ${name}: ${line.held ?? 'no rate'} a second`);
  }
}
const table = markdown(
  [
    'setting',
    'value',
    'highest rate that held',
    'next rate',
    'unanswered there',
    'short there',
    'CPU at the highest rate',
  ],
  lines
    .filter(({ suite }) => suites.includes(suite))
    .map(({ suite, value, held, next, unanswered, short, cpu }) => [
      suite,
      value,
      held ?? '–',
      next ?? '–',
      unanswered === undefined ? '–' : `${unanswered}%`,
      short?.join(', ') || '–',
      cpu === undefined ? '–' : `${cpu}%`,
    ]),
);
console.log(table);
const [before, , after] = readFileSync(PAGE, 'utf8').split(/^<!-- (?:rates|end of rates) -->$/m);
if (after !== undefined && lines.length > 0)
  writeFileSync(
    PAGE,
    `${before}<!-- rates -->\n\n${lines[0].machine}\n\n${table}\n\n<!-- end of rates -->${after}`,
  );

/** What a scenario of its own sets of Kea, as settings for the scenario of the search. */
function keaOf(scenario) {
  if (scenario === undefined) return {};
  const { kea = {} } = parse(readFileSync(join(CHECKOUT, `scenarios/${scenario}.yaml`), 'utf8'));
  return Object.fromEntries(Object.entries(kea).map(([key, value]) => [`kea.${key}`, value]));
}

/** The highest rate with one value of a setting. A value that could not be run has no rate. */
function search(suite, value, set) {
  const directory = mkdtempSync(join(tmpdir(), 'rates-'));
  const out = join(directory, 'limit');
  const settings = Object.entries({ cases: ['dhcp4'], ...set, published: undefined })
    .filter(([, one]) => one !== undefined)
    .flatMap(([path, one]) => ['--set', `${path}=${typeof one === 'string' ? one : JSON.stringify(one)}`]);
  try {
    spawnSync(
      process.execPath,
      [join(CHECKOUT, 'dist/cli.js'), 'find-limit', ...SEARCH, ...settings, '--quiet', '--out', out],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const { limit, runs } = JSON.parse(readFileSync(join(out, 'suite.json'), 'utf8'));
    const trials = [...(limit?.trials ?? [])].sort((one, other) => one.ratePerServer - other.ratePerServer);
    const held = trials.findLast(({ outcome }) => outcome === 'held');
    const next = trials.find(({ ratePerServer }) => ratePerServer > (held?.ratePerServer ?? 0));
    const resultOf = (name) =>
      JSON.parse(
        readFileSync(join(out, runs.find((one) => one.name === name).directory, 'result.json'), 'utf8'),
      );
    const at = held === undefined ? undefined : resultOf(held.run);
    return {
      suite,
      value,
      held: held?.ratePerServer ?? null,
      next: next?.ratePerServer ?? null,
      unanswered: next?.withoutTimelyAnswerPercent,
      short: next?.short.map(({ resource }) => resource),
      outcome: next?.outcome,
      cpu: at?.resources?.machine?.busyPercent,
      trials: trials.map(({ ratePerServer, outcome, withoutTimelyAnswerPercent: percent }) => [
        ratePerServer,
        outcome,
        percent,
      ]),
      machine: at === undefined ? undefined : machineLine(at, []),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
