import { type CaseKind, leaseTypesOf, phasesOf } from '../protocol/cases.js';
import type { CaseLayout, Layout } from '../observations/observation.js';
import type { Scenario } from '../scenario/schema.js';
import { clientsOfCase, clientsOfServer } from '../scenario/stages.js';
import { Schedule } from './pacing/schedule.js';

/** The part of a load that decides who starts when. */
export interface PlanRequest {
  cases: readonly CaseKind[];
  load: Scenario['load'];
  seed: number;
}

export interface LoadPlan {
  layout: Layout;
  /** For each case: how many first attempts there will be, and how long from the first to the last. */
  offered: { case: string; plannedStarts: number; plannedDurationUs: number }[];
}

/** Says what the load of a scenario will be. It sends nothing. */
export function planLoad(request: PlanRequest & { servers: number }): LoadPlan {
  const layouts = request.cases.map((kind): CaseLayout => {
    return {
      name: kind,
      leaseType: leaseTypesOf(kind)[0],
      phases: phasesOf(kind, request.load),
      servers: Array.from({ length: request.servers }, (_, index) => `server-${index + 1}`),
      clients: clientsOfCase(request.load, request.servers),
    };
  });
  const offered = request.cases.map((kind, caseIndex) => {
    const schedule = scheduleOf(request, caseIndex, request.servers, 0);
    const plannedStarts = schedule.clients;
    const firstUs = schedule.nextAtUs;
    let lastUs = firstUs;
    for (; schedule.nextAtUs !== Infinity; schedule.take()) lastUs = schedule.nextAtUs;
    return { case: kind, plannedStarts, plannedDurationUs: lastUs - firstUs };
  });
  return { layout: { cases: layouts }, offered };
}

/** The starts of the clients of a case. */
export function scheduleOf(
  { cases, load, seed }: PlanRequest,
  caseIndex: number,
  servers: number,
  originUs: number,
): Schedule {
  const clientsPerServer = clientsOfServer(load);
  // Clients that ask all servers arrive one by one, as the clients of a single server do.
  const groups = load.fanout === 'all' ? 1 : servers;
  const asked = { ...load, clientsPerServer, servers: groups };
  return new Schedule({ ...asked, caseIndex, cases: cases.length, seed, originUs });
}
