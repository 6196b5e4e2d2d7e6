// main.mjs [--rounds N] [--scenarios A,B,…] [--beside N,N,…] [--file FILE] [--print]: runs scenarios at their quick
// pace in rounds, and writes a line of JSON about each run. `npm run measure:verdicts`. A scenario may have settings:
// published-galera:cluster.nodes=2 stands for --set cluster.nodes=2. --beside lists numbers of busy loops that run
// beside; the rounds take them in turn. 0,1 means none in the first round and one in the second. A run that is in the
// file already is not made again, so a long measurement can be stopped and continued. --print makes no run, and
// prints tables of the lines in the file.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { linesIn } from '../lines.mjs';
import { lineOf } from './line.mjs';
import { summary } from './summary.mjs';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));
const CLI = join(CHECKOUT, 'dist/cli.js');
/** A run that takes longer is killed. A busy loop ends after this time too. */
const LONGEST_MS = 300_000;
/** A busy loop. It ends with its parent, too. */
const BUSY_LOOP = `const end = Date.now() + ${LONGEST_MS}, parent = process.ppid; while (Date.now() < end && process.ppid === parent);`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    scenarios: { type: 'string' },
    beside: { type: 'string', default: '0,1' },
    file: { type: 'string', default: join(CHECKOUT, 'docs/measured/verdicts.jsonl') },
    print: { type: 'boolean', default: false },
  },
});
const beside = values.beside.split(',').map(Number);
const { loadScenario } = await import('../../../dist/scenario/load.js');
const { scenarioNames } = await import('../../../dist/scenario/catalogue.js');

const lines = linesIn(values.file);
if (!values.print) {
  const names = values.scenarios?.split(',') ?? scenarioNames().filter(isForHere);
  for (let round = 1; round <= Number(values.rounds); round++) {
    const loops = beside[(round - 1) % beside.length];
    for (const scenario of names) {
      const isThere = lines.some(
        (line) => line.scenario === scenario && line.round === round && line.loops === loops,
      );
      if (isThere) continue;
      const line = measured(scenario, round, loops);
      lines.push(line);
      appendFileSync(values.file, `${JSON.stringify(line)}\n`);
      console.log(`${round} ${scenario}, ${loops} beside: ${line.outcome} (${line.seconds} s)`);
    }
  }
}
console.log(summary(lines));

/** Whether this machine has what a scenario of the package needs. An installed Percona is not expected. */
function isForHere(name) {
  const { cluster } = loadScenario(name, { set: [], quick: true }).scenario;
  return cluster.flavor !== 'percona';
}

function measured(scenario, round, loops) {
  const directory = mkdtempSync(join(tmpdir(), 'verdicts-'));
  const out = join(directory, 'run');
  const [name, ...settings] = scenario.split(':');
  const set = settings.flatMap((setting) => ['--set', setting]);
  const busy = Array.from({ length: loops }, () => spawn(process.execPath, ['-e', BUSY_LOOP]));
  const begun = Date.now();
  try {
    const { status } = spawnSync(
      process.execPath,
      [CLI, 'run', name, '--quick', '--quiet', ...set, '--out', out],
      {
        stdio: 'ignore',
        timeout: LONGEST_MS,
      },
    );
    const path = join(out, 'result.json');
    const result = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
    const seconds = Math.round((Date.now() - begun) / 1_000);
    return { scenario, round, loops, at: new Date(begun).toISOString(), seconds, ...lineOf(result, status) };
  } finally {
    for (const loop of busy) loop.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}
