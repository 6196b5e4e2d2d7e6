// npm run bench [-- --rounds N] [--only cpu,floor,rate,aligned,scale] [--seconds S] [--out DIR]: drives perfdhcp and the
// harness in turn against the same Kea, in a network namespace of their own; the harness and a C program in turn
// against a reflector; then the harness alone with up to a million clients. Writes latest.json and latest.md to
// reports/bench or DIR, and prints the table. A round in which other work disturbed the machine is marked.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuild } from '../../../setup/ensure.mjs';
import { say } from '../../../setup/say.mjs';
import { measureCpu } from './cpu.mjs';
import { endWithSignals } from './children.mjs';
import { measureAligned } from './aligned.mjs';
import { measureFloor } from './floor.mjs';
import { firstRateOf, measureHighestRate } from './highest-rate.mjs';
import { describeMachine } from './machine.mjs';
import { enterNamespace } from './namespace.mjs';
import { summarize, tableOf } from './report.mjs';
import { measureScaling } from './scaling.mjs';

const REPORTS = fileURLToPath(new URL('../../../reports/bench/', import.meta.url));

const { values } = parseArgs({
  options: {
    // Another directory keeps the published figures from being overwritten.
    out: { type: 'string', default: REPORTS },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '60' },
    only: { type: 'string', default: 'cpu,floor,rate,aligned,scale' },
    clients: { type: 'string', default: '1000,100000,1000000' },
  },
});
const only = new Set(values.only.split(','));

await ensureBuild();
const { ensurePrivateRoot } = await import('../../../dist/packages/private-root.js');
const programs = await ensurePrivateRoot({ onProgress: ({ message }) => say(message) });
enterNamespace();

const directory = mkdtempSync(join(tmpdir(), 'side-by-side-'));
endWithSignals(() => rmSync(directory, { recursive: true, force: true }));
const bench = {
  programs,
  directory,
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  clients: values.clients.split(',').map(Number),
  say,
};
const raw = {
  cpu: only.has('cpu') ? await measureCpu(bench) : [],
  floor: only.has('floor') ? await measureFloor(bench) : [],
  aligned: only.has('aligned') ? await measureAligned(bench) : [],
  scale: only.has('scale') ? await measureScaling(bench) : [],
  rate: only.has('rate') ? await rates() : [],
};
const report = { schemaVersion: 2, machine: describeMachine(programs), ...summarize(raw), raw };
const table = tableOf(report);
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'latest.json'), JSON.stringify(report, null, 2) + '\n');
writeFileSync(join(values.out, 'latest.md'), table);
process.stdout.write(table);

async function rates() {
  return measureHighestRate({ ...bench, firstRate: await firstRateOf(bench) });
}
