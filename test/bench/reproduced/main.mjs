// main.mjs [--scenario NAME] [--paces quick,full] [--transports native,dgram] [--wanted 20] [--most 25] [--file FILE] [--print]: runs
// a published scenario again and again at each pace, until so many runs have kept the premises, but at most so often.
// `npm run measure:reproduced`. Each run adds a line of JSON to FILE. A run that is there is not made again, so the
// measurement can be stopped and continued. --print makes no run, and prints the table of the lines.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { linesIn } from '../lines.mjs';
import { lineOf } from '../verdicts/line.mjs';
import { alignedSpreadMs } from './aligned-spread.mjs';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'published-galera' },
    paces: { type: 'string', default: 'quick,full' },
    transports: { type: 'string', default: 'native' },
    wanted: { type: 'string', default: '20' },
    most: { type: 'string', default: '25' },
    file: { type: 'string', default: join(CHECKOUT, 'docs/measured/reproduced.jsonl') },
    print: { type: 'boolean', default: false },
  },
});
const { scenario } = values;
const lines = linesIn(values.file);

for (const transport of values.transports.split(','))
  for (const pace of values.paces.split(',')) {
    const made = () =>
      lines.filter((one) => one.scenario === scenario && one.pace === pace && one.transport === transport);
    const isEnough = () =>
      made().filter(hasPremises).length >= Number(values.wanted) || made().length >= Number(values.most);
    while (!values.print && !isEnough()) {
      const line = run(pace, transport);
      lines.push(line);
      appendFileSync(values.file, `${JSON.stringify(line)}\n`);
      console.log(`${pace} ${transport} ${made().length}: ${line.verdict}, ${line.reproduction}`);
    }
    if (made().length > 0) console.log(summary(pace, transport, made()));
  }

/** Whether the machine gave the run what its premises ask for. */
function hasPremises({ broken, reproduction }) {
  return broken.length === 0 && (reproduction === 'reproduced' || reproduction === 'not reproduced');
}

function run(pace, transport) {
  const directory = mkdtempSync(join(tmpdir(), 'reproduced-'));
  const out = join(directory, 'run');
  const args = [
    'run',
    scenario,
    ...(pace === 'quick' ? ['--quick'] : []),
    '--quiet',
    '--report',
    'none',
    '--out',
    out,
  ];
  try {
    const { status, stderr } = spawnSync(process.execPath, [join(CHECKOUT, 'dist/cli.js'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, KEA_CONFORMANCE_TRANSPORT: transport },
    });
    const file = join(out, 'result.json');
    if (status === null || status > 4 || !existsSync(file)) {
      console.error(`${scenario} could not be run (exit code ${status})\n${stderr}`);
      process.exit(status ?? 130);
    }
    return {
      scenario,
      pace,
      transport,
      at: new Date().toISOString(),
      ...lineOf(JSON.parse(readFileSync(file, 'utf8')), status),
      alignedSpreadMs: alignedSpreadMs(join(out, 'journal.bin')),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function summary(pace, transport, made) {
  const kept = made.filter(hasPremises);
  const good = kept.filter(
    ({ reproduction, verdict }) => reproduction === 'reproduced' && verdict === 'pass',
  );
  const cases = Object.keys(kept[0]?.figures ?? {}).map((name) => {
    const range = (which) => {
      const all = kept.map(({ figures }) => figures[name][which]);
      return `${Math.min(...all).toFixed(1)} – ${Math.max(...all).toFixed(1)}%`;
    };
    return `  ${name}: duplicates ${range(0)}, appearance ${range(1)}`;
  });
  const p99s = made.map((one) => one.alignedSpreadMs.p99).sort((one, other) => one - other);
  const middle = p99s[Math.floor(p99s.length / 2)];
  return [
    `${scenario}, ${pace}, ${transport}: reproduced in ${good.length} of ${kept.length} runs whose premises were kept, of ${made.length}`,
    ...cases,
    `  spread of an aligned moment, p99: median ${middle.toFixed(2)} ms, at most ${p99s.at(-1).toFixed(2)} ms`,
  ].join('\n');
}
