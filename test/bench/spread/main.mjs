// npm run measure:spread -- SCENARIO… [--count 30] [--out FILE]: runs each scenario with --quick so often, one run
// after the other, and adds a line of JSON for each run to FILE (reports/spread.jsonl). A run whose line exists is
// not made again, so the measurement can be stopped and continued. Prints for each known failure how often it was
// found, and a bound for it.
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DERIVATION, spreadOf } from './bound.mjs';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '30' },
    out: { type: 'string', default: join(CHECKOUT, 'reports/spread.jsonl') },
  },
});
const count = Number(values.count);
if (positionals.length === 0 || !Number.isInteger(count) || count < 1) {
  console.error('usage: npm run measure:spread -- SCENARIO… [--count 30] [--out FILE]');
  process.exit(64);
}

mkdirSync(dirname(values.out), { recursive: true });
for (const scenario of positionals) {
  for (let made = linesOf(scenario).length; made < count; made++) {
    const line = runOnce(scenario);
    appendFileSync(values.out, JSON.stringify(line) + '\n');
    const found = line.checks.map((check) => `${check.name} ${check.found} of ${check.of ?? '?'}`).join(', ');
    console.log(`${scenario} ${made + 1} of ${count}: ${line.outcome}; ${found}`);
  }
}
report();

/** The stored lines of a scenario. An incomplete line is ignored. */
function linesOf(scenario) {
  if (!existsSync(values.out)) return [];
  return readFileSync(values.out, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        const line = JSON.parse(text);
        return line.scenario === scenario ? [line] : [];
      } catch {
        return [];
      }
    });
}

/** Exits if the run could not be made or was interrupted: there is no line to store. */
function runOnce(scenario) {
  const directory = mkdtempSync(join(tmpdir(), 'spread-'));
  const out = join(directory, 'run');
  const args = [join(CHECKOUT, 'dist/cli.js'), 'run', scenario, '--quick', '--quiet', '--report', 'none'];
  const { status, stderr } = spawnSync(process.execPath, [...args, '--out', out], { encoding: 'utf8' });
  const file = join(out, 'result.json');
  if (status === null || status > 4 || !existsSync(file)) {
    console.error(`${scenario} could not be run (exit code ${status}); its directory is ${out}\n${stderr}`);
    process.exit(status ?? 130);
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  if (result.outcome === 'fail') console.log(`the run that failed is kept in ${out}`);
  else rmSync(directory, { recursive: true, force: true });
  return lineOf(scenario, result);
}

function lineOf(scenario, { scenario: { seed, effective }, outcome, checks, resources }) {
  const known = [...new Set((effective.knownFailures ?? []).map(({ check }) => check))];
  return {
    scenario,
    seed,
    outcome,
    otherPercent: resources?.machine?.otherPercent ?? null,
    usedUpPercent: resources?.machine?.usedUpPercent ?? null,
    failed: checks
      .filter(({ verdict }) => verdict === 'fail')
      .map((check) => `${check.case} ${check.name}: ${check.actual}`),
    checks: known.map((name) => {
      const rows = checks.filter((check) => check.name === name);
      const ofs = rows.map((row) => row.count?.of ?? null);
      return {
        name,
        found: rows.reduce((sum, row) => sum + (row.count?.found ?? 0), 0),
        of: ofs.includes(null) ? null : ofs.reduce((sum, of) => sum + of, 0),
        // Whether every violation found has the cause that the scenario names.
        shown: rows.every((row) => (row.count?.found ?? 0) === 0 || row.known !== undefined),
      };
    }),
  };
}

function report() {
  for (const scenario of positionals) {
    const lines = linesOf(scenario);
    const outcomes = new Map();
    for (const { outcome } of lines) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    console.log(`\n${scenario}: ${[...outcomes].map(([name, runs]) => `${runs} ${name}`).join(', ')}`);
    const others = lines.flatMap(({ otherPercent }) => otherPercent ?? []);
    const usedUp = lines.flatMap(({ usedUpPercent }) => usedUpPercent ?? []);
    if (others.length > 0) {
      console.log(
        `  other programs used up to ${Math.max(...others).toFixed(0)}% of the CPUs; none was left for up to ${Math.max(...usedUp).toFixed(0)}% of the time`,
      );
    }
    for (const name of new Set(lines.flatMap(({ checks }) => checks.map((check) => check.name)))) {
      const all = lines.flatMap(({ checks }) => checks.filter((check) => check.name === name));
      const { runs, min, median, max, mean, deviation, bound } = spreadOf(all.map(({ found }) => found));
      const judged = all.flatMap(({ of }) => of ?? []).sort((a, b) => a - b)[0];
      const share = judged > 0 ? ` or ${shareOf(bound, judged)} of ${judged}` : '';
      const unshown = all.filter(({ shown }) => !shown).length;
      console.log(
        `  ${name}: ${runs} runs, min ${min}, median ${median}, max ${max}, mean ${mean.toFixed(2)}, deviation ${deviation.toFixed(2)}; atMost: ${bound}${share}` +
          (unshown === 0
            ? ''
            : `; in ${unshown} runs the cause of a violation is not shown, or there are more violations than the bound`),
      );
    }
  }
  console.log(`\n${DERIVATION}`);
}

/** A percentage, rounded up to the decimals that the schema accepts. */
function shareOf(bound, judged) {
  const percent = (100 * bound) / judged;
  const grain = percent < 1 ? 100 : 10;
  return `${Math.ceil(percent * grain) / grain}%`;
}
