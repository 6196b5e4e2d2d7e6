import { runHarness } from './harness.mjs';
import { KEA, RELAY, withKea } from './kea.mjs';
import { runPerfdhcp } from './perfdhcp.mjs';

export const RATES = [2_000, 5_000];

/** CPU time of each client for an exchange, in turn, each with a Kea without leases. */
export async function measureCpu(bench) {
  const rounds = [];
  for (let round = 1; round <= bench.rounds; round++) {
    for (const rate of RATES) {
      const { seconds } = bench;
      rounds.push({ round, ...(await withKea(bench, () => runPerfdhcp(bench, { rate, seconds }))) });
      rounds.push({ round, ...(await withKea(bench, () => runHarness(bench, loadOf(rate, seconds)))) });
      const [peer, own] = rounds.slice(-2).map(({ cpuPerExchangeUs }) => cpuPerExchangeUs.toFixed(1));
      bench.say(`round ${round}, ${rate}/s: perfdhcp ${peer} µs, harness ${own} µs for an exchange`);
    }
  }
  return rounds;
}

/** So many seconds at a rate, evenly, as perfdhcp does. */
export function loadOf(rate, seconds) {
  return {
    server: { ...KEA, relay: RELAY },
    clients: rate * seconds,
    seconds,
    rate,
    arrival: 'aligned',
    timeoutMs: 500,
  };
}
