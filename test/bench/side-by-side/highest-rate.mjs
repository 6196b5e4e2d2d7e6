import { loadOf } from './cpu.mjs';
import { runHarness } from './harness.mjs';
import { withKea } from './kea.mjs';
import { measured } from './machine.mjs';
import { runPerfdhcp } from './perfdhcp.mjs';

/** ISC's criterion: at most 2.5% of the exchanges offered may fail. */
const LEAST_SHARE = 0.975;
/** The rates that are tried rise by this factor, so two neighbours differ by less than what is measured. */
const STEP = 1.06;
const LOWEST = 1_000;
const HIGHEST = 60_000;
/** A tool is done when it has failed at so many rates one after the other: a single failure may be chance. */
const FAILURES = 3;
/** In the first half second, Kea and the client run cold and lose more than in all later seconds. */
const SECONDS = 10;

/**
 * For each tool, measures the highest rate at which it still completes what is offered. The tools climb the same rates
 * side by side, so that both meet the same machine: at each rate one runs within seconds after the other.
 */
export async function measureHighestRate(bench) {
  const tools = {
    perfdhcp: (rate) => runPerfdhcp(bench, { rate, seconds: SECONDS }),
    harness: (rate) => runHarness(bench, loadOf(rate, SECONDS)),
  };
  const found = [];
  for (let round = 1; round <= bench.rounds; round++) {
    const climbs = Object.entries(tools).map(([tool, run]) => ({
      tool,
      run,
      best: 0,
      failed: 0,
      probes: [],
    }));
    // Who goes first alternates.
    if (round % 2 === 0) climbs.reverse();
    for (let rate = bench.firstRate; rate <= HIGHEST; rate = Math.round(rate * STEP)) {
      const going = climbs.filter(({ failed }) => failed < FAILURES);
      if (going.length === 0) break;
      for (const climb of going) await probe(bench, climb, rate);
    }
    for (const { tool, best, probes } of climbs.toSorted((one, other) => (one.tool < other.tool ? 1 : -1))) {
      const isBusy = probes.some((one) => one.isBusy);
      found.push({ round, tool, highestRate: best, isBusy, probes });
      bench.say(`round ${round}: ${tool} completes up to ${best.toFixed(0)} exchanges a second`);
    }
  }
  return found;
}

async function probe(bench, climb, rate) {
  const one = await measured(() => withKea(bench, () => climb.run(rate)));
  climb.probes.push(one);
  if (one.completed < LEAST_SHARE * one.offered) {
    climb.failed++;
    return;
  }
  climb.failed = 0;
  climb.best = Math.max(climb.best, one.completed / SECONDS);
}

/** A rate that every tool manages on this machine: from there the climbs begin. */
export async function firstRateOf(bench) {
  let rate = 8_000;
  while (rate > LOWEST) {
    const { completed, offered } = await withKea(bench, () => runPerfdhcp(bench, { rate, seconds: SECONDS }));
    if (completed >= LEAST_SHARE * offered) break;
    rate = Math.round(rate / 1.25);
  }
  return Math.round(rate / STEP ** 3);
}
