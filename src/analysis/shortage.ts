import type { CaseFigures } from './case-figures.js';
import type { Check, SocketFigures } from './model.js';
import type { ResourceFigures } from './resources.js';

/** What there was too little of, where a load was not driven or not answered as it should be. */
export const SHORT_RESOURCES = ['cpu', 'harness', 'sockets', 'servers', 'unknown'] as const;
export type ShortResource = (typeof SHORT_RESOURCES)[number];

export interface Shortage {
  resource: ShortResource;
  /** In words, with the figures that say so. */
  found: string;
}

/** From here on there was no more to be had, the grain of the clock ticks allowed for. */
const USED_UP_PERCENT = 95;
const WHOLE_CORE = 0.95;
/** What ISC allows in its own measurements, with or without a check on it. */
const MOST_WITHOUT_TIMELY_ANSWER_PERCENT = 2.5;

/**
 * Why starts were not made when they were due: a start waits for nobody's answer, so only the harness, or what keeps it
 * from its work, can have delayed it.
 *
 * @returns never empty; `unknown`, with all the figures there are, where nothing measured was used up
 */
export function shortForStarts(
  resources: ResourceFigures | null,
  sockets: readonly SocketFigures[],
): Shortage[] {
  const found = [...usedUp(resources), ...refused(sockets)];
  return found.length > 0 ? found : [unknown(resources)];
}

/** Why transactions were not answered, or not in time. */
export function shortForAnswers(
  resources: ResourceFigures | null,
  sockets: readonly SocketFigures[],
  figures: Pick<CaseFigures, 'name' | 'phases'>,
): Shortage[] {
  const found = [
    ...usedUp(resources),
    ...refused(sockets),
    ...dropped(sockets),
    ...silent(resources, figures),
  ];
  return found.length > 0 ? found : [unknown(resources)];
}

/** `short was the machine's CPU: …; short was …` */
export function shortageText(shortages: readonly Shortage[]): string {
  return shortages
    .map(({ resource, found }) => (resource === 'unknown' ? found : `short was ${found}`))
    .join('; ');
}

function usedUp(resources: ResourceFigures | null): Shortage[] {
  if (resources === null) return [];
  const { machine, eventLoopPercent } = resources;
  const own = coresOf(resources, 'harness');
  const isLoopFull = (eventLoopPercent ?? 0) >= USED_UP_PERCENT || (own ?? 0) >= WHOLE_CORE;
  return [
    ...(machine !== null && machine.busyPercent >= USED_UP_PERCENT
      ? [{ resource: 'cpu' as const, found: `the machine's CPU: ${useText(resources)}` }]
      : []),
    ...(isLoopFull
      ? [
          {
            resource: 'harness' as const,
            found: `the harness itself: its event loop was ${percent(eventLoopPercent)} busy, with ${cores(own)} CPUs`,
          },
        ]
      : []),
  ];
}

function refused(sockets: readonly SocketFigures[]): Shortage[] {
  const those = sockets.filter(({ sendErrors }) => (sendErrors ?? 0) > 0);
  if (those.length === 0) return [];
  const each = those.map(({ socket, sendErrors }) => `${sendErrors ?? 0} not sent at ${socket}`);
  return [{ resource: 'sockets', found: `the room in the sockets: ${each.join(', ')}` }];
}

function dropped(sockets: readonly SocketFigures[]): Shortage[] {
  const those = sockets.filter(({ drops }) => drops > 0);
  if (those.length === 0) return [];
  const each = those.map(({ socket, drops }) => `${drops} datagrams dropped at ${socket}`);
  return [{ resource: 'sockets', found: `the room in the sockets: ${each.join(', ')}` }];
}

/** Servers that answered late or not at all. */
function silent(
  resources: ResourceFigures | null,
  { name, phases }: Pick<CaseFigures, 'name' | 'phases'>,
): Shortage[] {
  const byServer = new Map<string, { requests: number; late: number }>();
  for (const { perServer } of phases) {
    for (const { name: server, requests, outcomes } of perServer) {
      const sum = byServer.get(server) ?? { requests: 0, late: 0 };
      sum.requests += requests;
      sum.late += outcomes.timeout + outcomes.late;
      byServer.set(server, sum);
    }
  }
  const those = [...byServer].filter(([, { late }]) => late > 0);
  if (those.length === 0) return [];
  const each = those.map(([server, { requests, late }]) => {
    const used = resources?.processes.find((one) => one.name === `${name} ${server}`)?.cores ?? null;
    return `${server} answered ${requests - late} of ${requests} in time${used === null ? '' : `, with ${cores(used)} CPUs`}`;
  });
  return [{ resource: 'servers', found: `the servers of ${name}: ${each.join('; ')}` }];
}

function unknown(resources: ResourceFigures | null): Shortage {
  const found =
    resources === null
      ? 'what was short is not known: nothing was measured of it'
      : `nothing that was measured was used up: ${useText(resources)}`;
  return { resource: 'unknown', found };
}

/** `99% of 2 CPUs busy: servers 1.02, nodes 0.61, harness 0.25, others 0.10` */
export function useText(resources: ResourceFigures): string {
  const { machine, eventLoopPercent } = resources;
  const parts = (['server', 'node', 'harness'] as const).flatMap((kind) => {
    const used = coresOf(resources, kind);
    const name = kind === 'harness' ? `harness` : `${kind}s`;
    const loop = kind === 'harness' ? ` (event loop ${percent(eventLoopPercent)} busy)` : '';
    return used === null ? [] : [{ used, text: `${name} ${cores(used)}${loop}` }];
  });
  if (machine === null)
    return parts.length === 0 ? `event loop ${percent(eventLoopPercent)} busy` : texts(parts);
  const others = (machine.busyPercent / 100) * machine.cpus - parts.reduce((sum, { used }) => sum + used, 0);
  const rest = { used: others, text: `others ${cores(Math.max(0, others))}` };
  return `${percent(machine.busyPercent)} of ${machine.cpus} CPUs busy: ${texts([...parts, rest])}`;
}

function texts(parts: readonly { text: string }[]): string {
  return parts.map(({ text }) => text).join(', ');
}

/** CPUs that all processes of a kind kept busy; null where none of them is known. */
function coresOf(
  { processes }: ResourceFigures,
  kind: ResourceFigures['processes'][number]['kind'],
): number | null {
  const known = processes.flatMap((one) => (one.kind === kind && one.cores !== null ? [one.cores] : []));
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

function cores(value: number | null): string {
  return value === null ? 'an unknown number of' : value.toFixed(2);
}

function percent(value: number | null): string {
  return value === null ? 'an unknown part' : `${Math.round(value)}%`;
}

/**
 * The checks with what was short, where a load was not driven or not answered as it should be, and all of that once.
 * Nothing is said where nothing was measured, as of what others recorded.
 */
export function withShortages(
  checks: readonly Check[],
  cases: readonly CaseFigures[],
  resources: ResourceFigures | null,
  sockets: readonly SocketFigures[],
): { checks: Check[]; short: Shortage[] } {
  const all = new Map<string, Shortage>();
  const explained = checks.map((check): Check => {
    const short = shortOf(check, cases, resources, sockets);
    if (short.length === 0) return check;
    for (const one of short) all.set(one.found, one);
    return { ...check, actual: `${check.actual}; ${shortageText(short)}` };
  });
  for (const figures of cases) {
    const { withoutTimelyAnswerPercent: percent } = figures.exchanges;
    if (resources === null || (percent ?? 0) <= MOST_WITHOUT_TIMELY_ANSWER_PERCENT) continue;
    for (const one of shortForAnswers(resources, sockets, figures)) all.set(one.found, one);
  }
  return { checks: explained, short: [...all.values()] };
}

function shortOf(
  { name, case: caseName, verdict }: Check,
  cases: readonly CaseFigures[],
  resources: ResourceFigures | null,
  sockets: readonly SocketFigures[],
): Shortage[] {
  if (verdict !== 'inconclusive' || resources === null) return [];
  if (name === 'load.rate' || name === 'load.lateness') return shortForStarts(resources, sockets);
  const figures = cases.find((one) => one.name === caseName);
  return name === 'load.answered' && figures !== undefined
    ? shortForAnswers(resources, sockets, figures)
    : [];
}
