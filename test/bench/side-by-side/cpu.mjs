import { runHarness } from './harness.mjs';
import { measured } from './machine.mjs';
import { KEA, RELAY, withKea } from './kea.mjs';
import { runPerfdhcp } from './perfdhcp.mjs';

export const RATES = [2_000, 5_000];

/** Measures each client's CPU time for an exchange. The clients take turns, each with a Kea without leases. */
export async function measureCpu(bench) {
  const rounds = [];
  for (let round = 1; round <= bench.rounds; round++) {
    for (const rate of RATES) {
      const { seconds } = bench;
      const turns = [
        () => runPerfdhcp(bench, { rate, seconds }),
        () => runHarness(bench, loadOf(rate, seconds)),
      ];
      for (const run of turns) rounds.push({ round, ...(await measured(() => withKea(bench, run))) });
      const [peer, own] = rounds.slice(-2).map(({ cpuPerExchangeUs }) => cpuPerExchangeUs.toFixed(1));
      bench.say(`round ${round}, ${rate}/s: perfdhcp ${peer} µs, harness ${own} µs for an exchange`);
    }
  }
  return rounds;
}

/** A load at a constant rate for so many seconds, with even spacing as in perfdhcp. */
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
