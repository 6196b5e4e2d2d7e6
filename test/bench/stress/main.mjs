// main.mjs [OPTIONS OF BOTH…]: runs the suite `stress` and then find-limit for each case, and writes the results
// between the markers in docs/stress.md. `npm run measure:stress`. Use --quick for a first look, and --set
// 'cases=[dhcp4]' for one case.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineLine, limitTable, stressTable } from './tables.mjs';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = join(CHECKOUT, 'docs/stress.md');
const CASES = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd'];

const options = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'stress-'));

/** Runs the program. Its exit code is ignored: suite.json says how the runs ended. */
function suiteOf(name, args) {
  const out = join(directory, name);
  spawnSync(process.execPath, [join(CHECKOUT, 'dist/cli.js'), ...args, ...options, '--out', out], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return { out, suite: JSON.parse(readFileSync(join(out, 'suite.json'), 'utf8')) };
}

const asked = options.find((one) => one.startsWith('cases='));
const cases =
  asked === undefined ? CASES : CASES.filter((one) => new RegExp(`[[ ,]${one}[\\] ,]`).test(asked));
const stress = suiteOf('stress', ['run', 'stress']);
const limits = cases.map((one) => suiteOf(`limit-${one}`, ['find-limit', '--set', `cases=[${one}]`]).suite);
const first = JSON.parse(
  readFileSync(join(stress.out, stress.suite.runs[0].directory, 'result.json'), 'utf8'),
);

const measured = [
  machineLine(first, options),
  stressTable(stress.suite),
  ...limits.flatMap(({ limit, tables }) => [
    limit.answer.map((one) => `> ${one}`).join('\n>\n'),
    limitTable(limit, tables),
  ]),
];
const [before, , after] = readFileSync(PAGE, 'utf8').split(/^<!-- (?:measured|end of measured) -->$/m);
writeFileSync(
  PAGE,
  `${before}<!-- measured -->\n\n${measured.join('\n\n')}\n\n<!-- end of measured -->${after}`,
);
console.log(`${PAGE} has the figures; the runs are in ${directory}`);
