import type { ServerEvidence, SystemEvidence } from '../../evidence/system.js';
import type { ClocksJudgement, ServerClock } from '../../results/clocks.js';
import type { CaseAudit } from '../../results/audit.js';
import { clockOf } from '../audit/tables/lifetimes.js';
import type { CaseState } from '../fold/case-state.js';
import { clocksApart } from './apart.js';
import { commonOffsetMs } from './common-offset.js';
import type { Agreement } from './offset.js';
import { nearestZoneMs, type Offset } from './text.js';

export interface ClocksInput {
  system: SystemEvidence;
  states: readonly CaseState[];
  /** By case and server, as the rows tell, microseconds. */
  rows: readonly (readonly (Agreement | undefined)[])[];
  /** What each server of a case says it sent, by case; null for a case that was not audited. */
  audits: readonly (Pick<CaseAudit, 'servers'> | null)[];
  limitMs: number;
  /** Whether others run the servers. Nobody knows the time zones of such servers. */
  isExternal: boolean;
}

/** What the run tells of the servers' clocks. */
export function judgeClocks(input: ClocksInput): ClocksJudgement {
  const { system, states, limitMs, isExternal } = input;
  const servers = states.flatMap(({ layout, traffic }, caseIndex) =>
    layout.servers.map((server, index): ServerClock => {
      const its = system.servers.find(({ name }) => name === `${layout.name} ${server}`);
      const counters = input.audits[caseIndex]?.servers[index];
      const lastAtUs = counters !== undefined && isAllSeen(counters) ? traffic.lastAtUs(index) : undefined;
      return {
        case: layout.name,
        server,
        rows: byRows(input.rows[caseIndex]?.[index]),
        log: byLog(its),
        statistics: byStatistics(its, lastAtUs, input),
      };
    }),
  );
  const aheadMs = commonOffsetMs(servers, limitMs, !isExternal);
  return {
    limitMs,
    servers,
    apart: clocksApart(servers, system),
    ...(aheadMs === 0 ? {} : { aheadMs }),
  };
}

function byRows(agreement: Agreement | undefined): ServerClock['rows'] {
  if (agreement === undefined) return null;
  const { from, to, agreeing, of } = agreement;
  return { ...rounded((from + to) / 2_000, (to - from) / 2_000), used: of, agreeing };
}

/** A message is written to the log, and an answer taken from the socket, some time after its time was noted. */
const NOTED_WITHIN_MS = 100;

function byLog(server: ServerEvidence | undefined): Offset | null {
  const last = server?.lastMessage;
  return last === undefined ? null : offset(last.at, last.writtenUnixUs / 1_000);
}

function byStatistics(
  server: ServerEvidence | undefined,
  lastAtUs: number | undefined,
  { system, isExternal }: ClocksInput,
): Offset | null {
  if (server?.sentAt === undefined || lastAtUs === undefined) return null;
  const found = offset(server.sentAt, (clockOf(system).zeroUnixUs + lastAtUs) / 1_000);
  return found !== null && isExternal
    ? { ...found, offsetMs: found.offsetMs - nearestZoneMs(found.offsetMs) }
    : found;
}

/** Servers have UTC unless the scenario says otherwise. */
function offset(localTime: string, unixMs: number): Offset | null {
  const said = Date.parse(`${localTime.slice(0, 23).replace(' ', 'T')}Z`);
  return Number.isNaN(said) ? null : rounded(said - unixMs, NOTED_WITHIN_MS);
}

function isAllSeen({ sent, received, doubled = 0 }: CaseAudit['servers'][number]): boolean {
  if (sent === null || doubled > 0 || received.unread > 0) return false;
  return (['offers', 'replies', 'naks'] as const).every((kind) => sent[kind] === received[kind]);
}

/** To microseconds, of which no reader wants more. */
function rounded(offsetMs: number, uncertaintyMs: number): Offset {
  const at = (ms: number): number => Math.round(ms * 1_000) / 1_000;
  return { offsetMs: at(offsetMs), uncertaintyMs: at(uncertaintyMs) };
}
