// action.mjs: what action.yml runs. It runs the scenarios that the inputs name, in the directory of the job, writes the
// outputs to the file that GITHUB_OUTPUT names, and ends with the exit code of the run.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { outputsOf } from './action-outputs.mjs';

const START = fileURLToPath(new URL('start.mjs', import.meta.url));
const { KLC_SCENARIO, KLC_OPTIONS, KLC_BASELINE, GITHUB_OUTPUT, RUNNER_TEMP } = process.env;

const directory = join(mkdtempSync(join(RUNNER_TEMP || tmpdir(), 'kea-lease-conformance-')), 'run');
const scenarios = linesOf(KLC_SCENARIO);
const isAll = scenarios.includes('all');
const args = [
  'run',
  ...(isAll ? ['--all'] : scenarios),
  // A value may have spaces: only the first one of a line parts an option from its value.
  ...linesOf(KLC_OPTIONS).flatMap((line) => [line.split(/\s/, 1)[0], ...valueOf(line)]),
  ...(KLC_BASELINE?.trim() === 'true' ? ['--baseline'] : []),
  '--out',
  directory,
];
const { status, signal } = spawnSync(process.execPath, [START, ...args], { stdio: 'inherit' });
if (existsSync(directory)) {
  const { verdict, outcome } = readResult();
  const page = join(directory, 'report.html');
  tell({ verdict, outcome, page: existsSync(page) ? page : '', directory: realpathSync(directory) });
}
if (signal !== null) process.kill(process.pid, signal);
process.exitCode = status ?? 1;

function readResult() {
  const [result, suite] = ['result.json', 'suite.json'].map((name) => {
    const file = join(directory, name);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  });
  return outputsOf(result, suite);
}

function tell(outputs) {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (GITHUB_OUTPUT) appendFileSync(GITHUB_OUTPUT, lines.join(''));
}

function linesOf(text = '') {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function valueOf(line) {
  const at = line.search(/\s/);
  return at === -1 ? [] : [line.slice(at).trim()];
}
