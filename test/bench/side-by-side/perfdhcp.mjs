import { spawn } from 'node:child_process';
import { childrenCpuUs, owned } from './children.mjs';
import { KEA, RELAY } from './kea.mjs';

const WAIT_US = 500_000;

/**
 * Runs perfdhcp against the running Kea. The ACKs that perfdhcp counted are the completed exchanges. Its own rate is
 * not used: it divides by a time that includes the waiting at the end.
 */
export async function runPerfdhcp({ programs }, { rate, seconds }) {
  const args = ['-4', '-l', RELAY.address, '-L', String(RELAY.port), '-N', String(KEA.port)];
  args.push('-r', String(rate), '-R', String(2 * rate * seconds), '-p', String(seconds));
  args.push('-W', String(WAIT_US), KEA.address);
  const before = childrenCpuUs();
  const child = owned(
    spawn(programs.perfdhcp, args, {
      env: { ...process.env, ...programs.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const cpuUs = childrenCpuUs() - before;
  const counts = Array.from(
    output.matchAll(/sent packets: (\d+)\s+received packets: (\d+)/g),
    ([, ...numbers]) => numbers.map(Number),
  );
  if (counts.length !== 2) throw new Error(`perfdhcp did not count:\n${output}`);
  const [[started], [, completed]] = counts;
  return {
    tool: 'perfdhcp',
    rate,
    seconds,
    offered: rate * seconds,
    started,
    completed,
    cpuUs,
    cpuPerExchangeUs: cpuUs / completed,
  };
}
