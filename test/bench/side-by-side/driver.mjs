// A process of the bench. It drives a load as `run` does, with journal, counts and progress, and reports the cost.
import { closeSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { CASE_SUBNETS } from '../../../dist/kea/subnets.js';
import { openJournal } from '../../../dist/observations/journal/journal.js';
import { JournalWriter } from '../../../dist/observations/journal/journal-writer.js';
import { planLoad } from '../../../dist/load/plan-load.js';
import { openLoad } from '../../../dist/load/run-load.js';
import { openTransport } from '../../../dist/load/transport/open-transport.js';
import { OpenSockets } from '../../../dist/network/open-sockets.js';
import { LiveCounts } from '../../../dist/observations/journal/live-counts.js';
import { LiveJournal } from '../../../dist/observations/journal/live-journal.js';
import { observe, planOf } from '../../../dist/run/observe.js';
import { scenarioSchema } from '../../../dist/scenario/schema.js';

let loads = 0;

/** Drives one load, from nothing to a closed journal. */
async function drive({ directory, server, servers = [server], clients, rate, arrival, timeoutMs, kept }) {
  const scenario = scenarioSchema.parse({
    name: 'bench',
    description: 'a load of the bench',
    cluster: { flavor: 'standalone', nodes: servers.length },
    cases: ['dhcp4'],
    load: { ratePerServer: rate, clientsPerServer: clients, arrival, timeoutMs, maxAttempts: 1, drainMs: 0 },
  });
  const seed = (process.pid << 12) + loads++;
  const plan = planOf(scenario, servers.length, seed >>> 0);
  const path = kept ?? join(directory, `journal-${process.pid}-${loads}.bin`);
  JournalWriter.begin(path, plan.layout).close();
  const before = process.cpuUsage();
  const beganMs = performance.now();
  await observe({
    scenario,
    seed: seed >>> 0,
    plan,
    journal: path,
    capture: false,
    directory: { path: directory },
    system: {
      cluster: { nodes: [] },
      servers: servers.map((one, index) => ({
        name: `dhcp4 server-${index + 1}`,
        kind: 'dhcp4',
        subnets: [CASE_SUBNETS.dhcp4],
        ...one,
      })),
    },
    signal: new globalThis.AbortController().signal,
    progress: () => undefined,
    died: () => undefined,
    say: () => undefined,
    stages: { enter: () => undefined },
  });
  const wallMs = performance.now() - beganMs;
  const { user, system } = process.cpuUsage(before);
  return { path, cpuUs: user + system, wallMs, isKept: kept !== undefined };
}

/**
 * The same load in this thread, many times in one process: a few clients have too short a load for the code to get
 * compiled, so only this shows what the number of clients costs.
 */
async function driveHere({ directory, server, clients, rate, arrival, timeoutMs }) {
  const { load } = scenarioSchema.parse({
    name: 'bench',
    description: 'a load of the bench',
    load: { ratePerServer: rate, clientsPerServer: clients, arrival, timeoutMs, maxAttempts: 1, drainMs: 0 },
  });
  const seed = ((process.pid << 12) + loads++) >>> 0;
  const asked = { cases: ['dhcp4'], load, seed };
  const { layout } = planLoad({ ...asked, servers: 1 });
  const path = join(directory, `journal-${process.pid}-${loads}.bin`);
  JournalWriter.begin(path, layout).close();
  const before = process.cpuUsage();
  const beganMs = performance.now();
  const nowUs = () => (performance.now() - beganMs) * 1_000;
  const counts = new LiveCounts(layout);
  const journal = new LiveJournal(path, (observation) => counts.add(observation));
  const { transport } = await openTransport(undefined, nowUs);
  const servers = [{ name: 'dhcp4 server-1', kind: 'dhcp4', subnets: [CASE_SUBNETS.dhcp4], ...server }];
  const { run } = await openLoad({
    ...asked,
    ...{ servers, nowUs, transport, opening: new OpenSockets(), isStopped: () => false },
    observe: (observation) => journal.append(observation),
  });
  await run();
  journal.close();
  await transport.close();
  if (transport.wakeDescriptor !== undefined) closeSync(transport.wakeDescriptor);
  const { user, system } = process.cpuUsage(before);
  return { path, cpuUs: user + system, wallMs: performance.now() - beganMs, isKept: false };
}

/**
 * Counts the started and completed exchanges of a journal. An exchange that starts after the given seconds is not
 * counted as completed, as perfdhcp does not start it at all. An exchange whose answer came after the timeout is not
 * counted either.
 */
function readJournal({ path, isKept }, seconds = Infinity) {
  const latenessUs = [];
  const tooLate = new Set();
  let firstUs;
  let started = 0;
  let completed = 0;
  for (const seen of openJournal(path).observations()) {
    if (seen.type === 'sent' && seen.phase === 'DISCOVER-OFFER') {
      started++;
      firstUs ??= seen.sentAtUs;
      if (seen.sentAtUs - firstUs > seconds * 1_000_000) tooLate.add(seen.client);
      latenessUs.push(seen.sentAtUs - seen.intendedAtUs);
    }
    if (seen.type === 'timeout') tooLate.add(seen.client);
    if (
      seen.type === 'answer' &&
      seen.phase === 'REQUEST-ACK' &&
      seen.kind === 'lease' &&
      seen.answerIndex === 0 &&
      !tooLate.has(seen.client)
    )
      completed++;
  }
  if (!isKept) rmSync(path);
  const sorted = Float64Array.from(latenessUs).sort();
  const rank = (share) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0) / 1_000;
  return { started, completed, latenessMs: { p50: rank(0.5), p99: rank(0.99), max: rank(1) } };
}

process.once('message', async ({ times = 1, warmUp = 0, seconds, here = false, ...load }) => {
  const driveOnce = here ? driveHere : drive;
  if (warmUp > 0) readJournal(await driveOnce({ ...load, clients: warmUp }));
  globalThis.gc();
  const rssBefore = process.memoryUsage.rss();
  let highestRss = rssBefore;
  const watch = setInterval(() => (highestRss = Math.max(highestRss, process.memoryUsage.rss())), 100);
  const driven = [];
  for (let time = 0; time < times; time++) driven.push(await driveOnce(load));
  clearInterval(watch);
  const read = driven.map((one) => readJournal(one, seconds));
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const completed = sum(read.map((one) => one.completed));
  const cpuUs = sum(driven.map((one) => one.cpuUs));
  process.send({
    rate: load.rate,
    offered: times * load.clients,
    started: sum(read.map((one) => one.started)),
    completed,
    cpuUs,
    cpuPerExchangeUs: cpuUs / completed,
    wallMs: sum(driven.map((one) => one.wallMs)),
    latenessMs: read.at(-1).latenessMs,
    rssBytes: { before: rssBefore, highest: highestRss },
  });
  process.disconnect();
});
