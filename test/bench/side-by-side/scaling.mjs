import { compile, withReflector } from './c.mjs';
import { runHarness } from './harness.mjs';
import { measured } from './machine.mjs';

const ADDRESS = '127.0.0.1';
const PORT = 6768;
/** The rate is the same for every number of clients, so that nothing else differs. */
const RATE = 20_000;
/** At least so many exchanges are driven. A few clients are driven again and again for that. */
const EXCHANGES = 100_000;
const WARM_UP = 20_000;
const EMPTY_LOADS = 20;

/**
 * Measures the cost of a number of clients for the harness alone: CPU time for an exchange, and, as `run` makes the load,
 * memory.
 */
export async function measureScaling(bench) {
  const reflector = compile('reflector', bench.directory);
  return withReflector(reflector, { address: ADDRESS, port: PORT }, async (pid) => {
    const rounds = [];
    for (let round = 1; round <= bench.rounds; round++) {
      // The cost of a load with hardly any clients. A few clients are driven in many loads and would pay it each
      // time.
      const aLoad = await drive(bench, 1, EMPTY_LOADS);
      const loadUs = aLoad.cpuUs / EMPTY_LOADS;
      for (const clients of bench.clients) {
        const times = Math.max(1, Math.round(EXCHANGES / clients));
        const result = await measured(() => drive(bench, clients, times), [pid]);
        const cpuPerExchangeUs = (result.cpuUs - times * loadUs) / result.completed;
        const { rssBytes } = await measured(() => drive(bench, clients, 1, false), [pid]);
        rounds.push({ round, clients, times, loadUs, ...result, rssBytes, cpuPerExchangeUs });
        bench.say(
          `round ${round}, ${clients} clients: ${cpuPerExchangeUs.toFixed(1)} µs for an exchange, ` +
            `at most ${(rssBytes.highest / 2 ** 20).toFixed(0)} MiB`,
        );
      }
    }
    return rounds;
  });
}

function drive(bench, clients, times, here = true) {
  return runHarness(bench, {
    server: { address: ADDRESS, port: PORT, relay: { address: ADDRESS, port: PORT + 1 } },
    clients,
    rate: RATE,
    arrival: 'aligned',
    timeoutMs: 2_000,
    times,
    ...(here ? { here, warmUp: WARM_UP } : {}),
  });
}
