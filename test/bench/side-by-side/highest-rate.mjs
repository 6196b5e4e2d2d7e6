import { loadOf } from './cpu.mjs';
import { runHarness } from './harness.mjs';
import { withKea } from './kea.mjs';
import { runPerfdhcp } from './perfdhcp.mjs';

/** ISC's criterion: at most 2.5% of the exchanges offered may fail. */
const LEAST_SHARE = 0.975;
const FIRST = 8_000;
const LOWEST = 200;
const GROWTH = 1.3;
const HALVINGS = 3;
/** In the first half second, Kea and the client run cold and lose more than in all later seconds. */
const SECONDS = 10;

/** For each tool in turn, measures the highest rate at which it still completes what is offered. */
export async function measureHighestRate(bench) {
  const tools = {
    perfdhcp: (rate) => runPerfdhcp(bench, { rate, seconds: SECONDS }),
    harness: (rate) => runHarness(bench, loadOf(rate, SECONDS)),
  };
  const found = [];
  for (let round = 1; round <= bench.rounds; round++) {
    for (const [tool, run] of Object.entries(tools)) {
      const probes = [];
      const holds = async (rate) => {
        const probe = await withKea(bench, () => run(rate));
        probes.push(probe);
        return probe.completed >= LEAST_SHARE * probe.offered;
      };
      await search(holds);
      const best = Math.max(0, ...probes.filter(isGood).map(({ completed }) => completed / SECONDS));
      found.push({ round, tool, highestRate: best, probes });
      bench.say(`round ${round}: ${tool} completes up to ${best.toFixed(0)} exchanges a second`);
    }
  }
  return found;
}

const isGood = ({ completed, offered }) => completed >= LEAST_SHARE * offered;

/** Goes up or down from the first rate in steps until the outcome changes, then halves the interval. */
async function search(holds) {
  let [low, high] = [FIRST, FIRST];
  if (await holds(FIRST)) {
    do [low, high] = [high, Math.round(high * GROWTH)];
    while (await holds(high));
  } else {
    do [low, high] = [Math.round(low / GROWTH), low];
    while (low >= LOWEST && !(await holds(low)));
  }
  for (let n = 0; n < HALVINGS && low >= LOWEST; n++) {
    const middle = Math.round((low + high) / 2);
    if (await holds(middle)) low = middle;
    else high = middle;
  }
}
