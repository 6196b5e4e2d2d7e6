import type { ResourceFigures, Shortage } from '../../results/resources.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { SocketFigures } from '../../results/result.js';
import { outOf } from '../../numbers.js';
import { USED_UP_PERCENT } from './machine.js';
import { explainedBy, saidByServer, type Silence } from './silences.js';
import { foundWhileShort, peakText } from './shortage-text.js';
import { droppedAt, notSentAt } from './sockets.js';
import { cores, percent, useText } from './use-text.js';

const WHOLE_CORE = 0.95;
/** The part of its CPU time that a busy load thread must have had. With less it was waiting and not at work. */
const OF_ITS_CORE = 0.9;
/** What ISC allows in its own measurements. It applies with or without a check on it. */
const MOST_WITHOUT_TIMELY_ANSWER_PERCENT = 2.5;

/**
 * Why starts were late. A start waits for no answer. So only the harness, or what keeps the harness from its work,
 * can have delayed it.
 *
 * @returns never empty; `unknown`, with all figures, if nothing that was measured was used up
 */
export function shortForStarts(
  resources: ResourceFigures | null,
  sockets: readonly SocketFigures[],
): Shortage[] {
  const found = [...usedUp(resources), ...refused(sockets)];
  return found.length > 0 ? found : [unknown(resources)];
}

/**
 * Why transactions were not answered, or not in time.
 *
 * @param silences what the servers themselves say about unanswered requests
 * @param paused for how long replication held writes back, in words; empty if that was not long
 */
export function shortForAnswers(
  resources: ResourceFigures | null,
  sockets: readonly SocketFigures[],
  figures: Pick<CaseFigures, 'name' | 'phases'>,
  silences: readonly Silence[],
  paused = '',
): Shortage[] {
  const explained = explainedShortages(figures, silences);
  const told = unanswered(resources, figures, saidByServer(silences));
  // What a server itself says about a request outweighs whatever else was short meanwhile.
  if (explained.length > 0 && (told.length === 0 || resources === null)) return explained;
  const found = [
    ...usedUp(resources),
    ...refused(sockets),
    ...dropped(sockets),
    ...(told.length === 0 ? [] : atWork(resources, figures.name, told)),
    ...pausedNodes(paused),
  ];
  if (found.length > 0) return [...explained, ...found];
  const why = unknown(resources);
  const of = `unanswered at the servers of ${figures.name}, cause unknown: ${told.join('; ')}; ${why.found}`;
  return [...explained, told.length === 0 ? why : { ...why, found: of }];
}

function explainedShortages(
  { name, phases }: Pick<CaseFigures, 'name' | 'phases'>,
  silences: readonly Silence[],
): Shortage[] {
  return explainedBy(silences, phases).flatMap(
    ({ kind: { shortage }, unanswered: count, said }): Shortage[] =>
      shortage === undefined
        ? []
        : [{ resource: shortage.resource, found: shortage.found(name, count, said) }],
  );
}

/** @param paused for how long replication held writes back, in words; empty if that was not long */
export function pausedNodes(paused: string): Shortage[] {
  return paused === '' ? [] : [{ resource: 'nodes', found: `the nodes: ${paused}` }];
}

function usedUp(resources: ResourceFigures | null): Shortage[] {
  if (resources === null) return [];
  const { machine, peakEventLoop: loop = null } = resources;
  const isMachineFull = machine !== null && machine.peakBusyPercent >= USED_UP_PERCENT;
  const isLoopFull = loop !== null && loop.percent >= USED_UP_PERCENT;
  // The load thread also counts as busy while the machine lets it wait. It was at work only if it had a CPU for itself.
  const hadItsCore = isLoopFull && (loop.cores ?? 0) >= (OF_ITS_CORE * loop.percent) / 100;
  const text = `its load thread was ${percent(loop?.percent ?? null)} busy, with ${cores(loop?.cores ?? null)} CPUs`;
  if (hadItsCore) {
    const harness: Shortage = { resource: 'harness', found: `the harness itself: ${text}` };
    return isMachineFull ? [cpu(resources, ''), harness] : [harness];
  }
  const waited = isLoopFull ? `the harness waited: ${text}` : '';
  if (isMachineFull) return [cpu(resources, waited)];
  const not = `${waited}, although no measured resource was used up: ${useText(resources)}`;
  return isLoopFull ? [{ resource: 'unknown', found: not }] : [];
}

function cpu(resources: ResourceFigures, waited: string): Shortage {
  const peak = resources.machine === null ? '' : peakText(resources.machine);
  const begins = peak === '' ? "the machine's CPU: " : `${peak}; over the load `;
  return { resource: 'cpu', found: `${begins}${useText(resources)}${waited === '' ? '' : `; ${waited}`}` };
}

function refused(sockets: readonly SocketFigures[]): Shortage[] {
  return spaceInSockets(notSentAt(sockets));
}

function dropped(sockets: readonly SocketFigures[]): Shortage[] {
  return spaceInSockets(droppedAt(sockets));
}

function spaceInSockets(lost: string): Shortage[] {
  return lost === '' ? [] : [{ resource: 'sockets', found: `space in socket buffers: ${lost}` }];
}

/**
 * For each server that left requests unanswered, or answered late: how many it answered in time, in words. Silence
 * for want of a lease counts as an answer where the scenario expects it. The text shows that something was short, but
 * not what.
 */
function unanswered(
  resources: ResourceFigures | null,
  { name, phases }: Pick<CaseFigures, 'name' | 'phases'>,
  silently: ReadonlyMap<string, number>,
): string[] {
  const byServer = new Map<string, { requests: number; late: number }>();
  phases.forEach(({ name: phase, perServer }, index) => {
    // An address and a prefix of one message are one request.
    if (phases.findIndex((one) => one.name === phase) !== index) return;
    for (const { name: server, requests, outcomes } of perServer) {
      const sum = byServer.get(server) ?? { requests: 0, late: 0 };
      const silent = index === 0 ? Math.min(outcomes.timeout, silently.get(server) ?? 0) : 0;
      sum.requests += requests;
      sum.late += outcomes.timeout + outcomes.late - silent;
      byServer.set(server, sum);
    }
  });
  return [...byServer]
    .filter(([, { late }]) => late > 0)
    .map(([server, { requests, late }]) => {
      const used = resources?.processes.find((one) => one.name === `${name} ${server}`)?.cores ?? null;
      return `${server} answered ${outOf(requests - late, requests)} in time${used === null ? '' : `, with ${cores(used)} CPUs`}`;
    });
}

/** Servers of the case, or nodes, that kept a whole CPU busy. One of their threads can't use more. */
function atWork(resources: ResourceFigures | null, caseName: string, told: readonly string[]): Shortage[] {
  const full = (resources?.processes ?? []).filter((one) => (one.cores ?? 0) >= WHOLE_CORE);
  const servers = full.filter((one) => one.kind === 'server' && one.name.startsWith(`${caseName} `));
  const nodes = full.filter((one) => one.kind === 'node');
  const each = nodes.map((one) => `${one.name} kept ${cores(one.cores)} CPUs busy`);
  return [
    ...(servers.length === 0
      ? []
      : [{ resource: 'servers' as const, found: `the servers of ${caseName}: ${told.join('; ')}` }]),
    ...(nodes.length === 0 ? [] : [{ resource: 'nodes' as const, found: `the nodes: ${each.join('; ')}` }]),
  ];
}

function unknown(resources: ResourceFigures | null): Shortage {
  const found =
    resources === null
      ? 'what was short is not known, because nothing was measured'
      : `no measured resource was used up: ${useText(resources)}`;
  return { resource: 'unknown', found };
}

/**
 * Adds to the checks what was short, if a load was not driven or not answered as it should be. `short` names each
 * shortage once. Where nothing was measured, as in recordings by others, only what the servers themselves say is
 * added.
 */
export function withShortages(
  checks: readonly Check[],
  cases: readonly CaseFigures[],
  resources: ResourceFigures | null,
  sockets: readonly SocketFigures[],
  silencesIn: (caseName: string) => readonly Silence[],
  paused: string,
): { checks: Check[]; short: Shortage[] } {
  const all = new Map<string, Shortage>();
  const explained = checks.map((check): Check => {
    const short = shortOf(check, cases, resources, sockets, silencesIn, paused);
    if (short.length === 0) return check;
    for (const one of short) all.set(one.found, one);
    return { ...check, ...foundWhileShort(check.actual, short) };
  });
  for (const figures of cases) {
    const { withoutTimelyAnswerPercent: percent } = figures.exchanges;
    if (resources === null || (percent ?? 0) <= MOST_WITHOUT_TIMELY_ANSWER_PERCENT) continue;
    for (const one of shortForAnswers(resources, sockets, figures, silencesIn(figures.name), paused))
      all.set(one.found, one);
  }
  // The drops are the finding of this check itself, so its text does not name them again.
  if (checks.some(({ name, verdict }) => name === 'run.drops' && verdict === 'inconclusive'))
    for (const one of dropped(sockets)) all.set(one.found, one);
  return { checks: explained, short: [...all.values()] };
}

function shortOf(
  { name, case: caseName, verdict }: Check,
  cases: readonly CaseFigures[],
  resources: ResourceFigures | null,
  sockets: readonly SocketFigures[],
  silencesIn: (caseName: string) => readonly Silence[],
  paused: string,
): Shortage[] {
  if (verdict !== 'inconclusive') return [];
  if (name !== 'load.answered') {
    const isOfStarts = name === 'load.rate' || name === 'load.lateness';
    return resources !== null && isOfStarts ? shortForStarts(resources, sockets) : [];
  }
  const figures = cases.find((one) => one.name === caseName);
  if (figures === undefined) return [];
  const silences = silencesIn(caseName);
  // What the servers say is known even if nothing was measured.
  return resources === null
    ? explainedShortages(figures, silences)
    : shortForAnswers(resources, sockets, figures, silences, paused);
}
