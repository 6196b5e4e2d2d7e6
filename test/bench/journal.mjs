// npm run bench:journal [-- MILLIONS [--limits]]: judges a journal of 10 million observations, as `analyze` does.
// With --limits, as in `npm run nightly`, the exit code is 1 if that takes more time or memory than it may. It is 2
// if that took too long because other programs kept the machine busy: then the bench can't tell.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { withinLimits } from './limits.mjs';

const dist = new URL('../../dist/', import.meta.url);
const load = (path) => import(new URL(path, dist));
const { openJournal } = await load('observations/journal/journal.js');
const { JournalWriter } = await load('observations/journal/journal-writer.js');
const { judge } = await load('judgement/judge.js');
const { NO_EVIDENCE } = await load('evidence/evidence.js');
const { scenarioSchema } = await load('scenario/schema.js');

const LIMITS = { seconds: 14, mebibytes: 640 };

const [millions = '10', ...options] = process.argv.slice(2);
const clients = Number(millions) * 250_000;
const directory = mkdtempSync(join(tmpdir(), 'bench-'));
const path = join(directory, 'journal.bin');

/** Writes a journal in which each lease is offered to three clients, and each client is given a lease of its own. */
function write() {
  const servers = ['server-1', 'server-2', 'server-3'];
  const phases = ['DISCOVER-OFFER', 'REQUEST-ACK'];
  const layout = { cases: [{ name: 'dhcp4', leaseType: 'address', phases, servers, clients }] };
  const journal = JournalWriter.begin(path, layout);
  const lease = new Uint8Array(4);
  const view = new DataView(lease.buffer);
  for (let client = 0; client < clients; client++) {
    for (const [i, phase] of phases.entries()) {
      const at = client * 10 + i * 5;
      const of = {
        caseIndex: 0,
        phase,
        server: client % 3,
        client,
        attempt: 1,
        transaction: 2 * client + i,
      };
      journal.append({ type: 'sent', ...of, intendedAtUs: at, sentAtUs: at + 1, retransmission: 0 });
      view.setUint32(0, 0x0a00_0000 + (i === 0 ? Math.floor(client / 3) : client));
      journal.append({
        type: 'answer',
        ...of,
        receivedAtUs: at + 4,
        fromServer: client % 3,
        kind: 'lease',
        answerIndex: 0,
        leaseType: 'address',
        lease,
        prefixLength: 32,
        validLifetime: 4_000,
        statusCode: 0,
      });
    }
  }
  journal.close();
}

try {
  write();
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const { layout, passing } = openJournal(path);
  const { limits } = scenarioSchema.parse({ name: 'bench', description: 'made up' });
  const { verdict, cases } = judge({ layout, scenario: { limits }, evidence: NO_EVIDENCE }, passing());
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  const mebibytes = process.resourceUsage().maxRSS / 1024;
  const [first] = cases[0].phases;
  console.log(
    `${((4 * clients) / 1e6).toFixed(1)} million observations (${(statSync(path).size / 1e6).toFixed(0)} MB): ` +
      `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s CPU, ${mebibytes.toFixed(0)} MiB at most; ` +
      `${verdict}, ${first.firstAttempt.duplicateLeases} of ${first.firstAttempt.distinctLeases} offers shared`,
  );
  if (options.includes('--limits')) {
    process.exitCode = withinLimits({ seconds, cpuSeconds, mebibytes }, LIMITS);
  }
} finally {
  rmSync(directory, { recursive: true });
}
