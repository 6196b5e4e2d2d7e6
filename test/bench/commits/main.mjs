// npm run measure:commits -- SCENARIO [--pairs 5] [--out FILE] [--set PATH=VALUE]…: runs a scenario with --quick without and
// with the commit history, in turn, and adds a line of JSON for each run to FILE (reports/commits.jsonl). Runs whose lines
// exist are not made again, so the measurement can be stopped and continued. Prints the smallest, the middle and the largest
// value of each figure.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '5' },
    out: { type: 'string', default: join(CHECKOUT, 'reports/commits.jsonl') },
    set: { type: 'string', multiple: true, default: [] },
  },
});
const pairs = Number(values.pairs);
const [scenario, ...more] = positionals;
if (scenario === undefined || more.length > 0 || !Number.isInteger(pairs) || pairs < 1) {
  console.error('usage: npm run measure:commits -- SCENARIO [--pairs 5] [--out FILE] [--set PATH=VALUE]…');
  process.exit(64);
}
const name = [scenario, ...values.set].join(' ');

mkdirSync(dirname(values.out), { recursive: true });
for (let made = lines().length; made < 2 * pairs; made++) {
  const line = { name, ...runOnce(made % 2 === 1) };
  appendFileSync(values.out, JSON.stringify(line) + '\n');
  console.log(JSON.stringify(line));
}
for (const history of [false, true]) {
  const its = lines().filter((line) => line.history === history);
  const figures = Object.keys(its[0]).filter((key) => typeof its[0][key] === 'number');
  console.log(
    `${history ? 'with' : 'without'}: ${figures.map((key) => `${key} ${rangeOf(its, key)}`).join(', ')}`,
  );
}

function rangeOf(all, key) {
  const sorted = all.map((line) => line[key]).sort((one, other) => one - other);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].join(' / ');
}

/** The stored lines of this measurement. */
function lines() {
  if (!existsSync(values.out)) return [];
  const all = readFileSync(values.out, 'utf8').split('\n').filter(Boolean);
  return all.map((line) => JSON.parse(line)).filter((line) => line.name === name);
}

function runOnce(history) {
  const out = mkdtempSync(join(tmpdir(), 'measure-commits-'));
  try {
    const set = [...values.set, `cluster.commitHistory=${history}`].flatMap((one) => ['--set', one]);
    spawnSync(process.execPath, [
      join(CHECKOUT, 'dist/cli.js'),
      'run',
      scenario,
      '--quick',
      '--out',
      out,
      ...set,
    ]);
    const [file] = readdirSync(out, { recursive: true }).filter((path) => path.endsWith('result.json'));
    if (file === undefined) throw new Error(`${scenario} left no result`);
    const result = JSON.parse(readFileSync(join(out, file), 'utf8'));
    const log = readFileSync(join(out, dirname(file), 'run.log'), 'utf8');
    return { history, ...figuresOf(result), evidenceS: Number(/ evidence: ([\d.]+) s/.exec(log)?.[1]) };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function figuresOf({ outcome, cases, checks, resources, commits }) {
  const latency = cases[0].phases[1].latencyMs;
  const cores = (kind) =>
    resources.processes.reduce((sum, one) => sum + (one.kind === kind ? one.cores : 0), 0);
  const notKept = checks.filter((check) => check.name === 'conformance.leaseKept');
  return {
    outcome,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    nodesCores: Math.round(100 * cores('node')) / 100,
    harnessCores: cores('harness'),
    notKept: notKept.reduce((sum, check) => sum + check.count.found, 0),
    ...(commits === undefined ? {} : { changes: commits.changes, replicationMs: commits.replicationMs }),
  };
}
