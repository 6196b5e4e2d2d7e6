import { spawn } from 'node:child_process';
import { compile, withReflector } from './c.mjs';
import { childrenCpuUs, owned } from './children.mjs';
import { runHarness } from './harness.mjs';
import { measured } from './machine.mjs';

const AT = { address: '127.0.0.1', port: 6768 };
const FROM_PORT = 6769;
const RATE = 20_000;
const SECONDS = 10;
/** The longest pause between two wakings of the harness, microseconds. */
const PAUSE_US = 250;

/**
 * Measures what the harness costs above what cannot be avoided: a C program makes the same exchanges with the same system
 * calls and does nothing else with them. The two take turns.
 */
export async function measureFloor(bench) {
  const client = compile('client', bench.directory);
  const reflector = compile('reflector', bench.directory);
  const rounds = [];
  for (let round = 1; round <= bench.rounds; round++) {
    const turns = { c: () => runClient(client), harness: () => runHarness(bench, LOAD) };
    for (const [tool, run] of Object.entries(turns)) {
      const result = await withReflector(reflector, AT, (pid) => measured(run, [pid]));
      rounds.push({ round, ...result, tool });
    }
    const [floor, own] = rounds.slice(-2).map(({ cpuPerExchangeUs }) => cpuPerExchangeUs.toFixed(1));
    bench.say(`round ${round}, ${RATE}/s: C ${floor} µs, harness ${own} µs for an exchange`);
  }
  return rounds;
}

const LOAD = {
  server: { ...AT, relay: { address: AT.address, port: FROM_PORT } },
  clients: RATE * SECONDS,
  rate: RATE,
  arrival: 'aligned',
  timeoutMs: 2_000,
};

async function runClient(program) {
  const before = childrenCpuUs();
  const args = [AT.address, AT.port, FROM_PORT, RATE, RATE * SECONDS, PAUSE_US].map(String);
  const child = owned(spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const completed = Number(output);
  const cpuUs = childrenCpuUs() - before;
  return { rate: RATE, completed, cpuUs, cpuPerExchangeUs: cpuUs / completed };
}
