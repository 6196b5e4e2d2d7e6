import { number } from '../../numbers.js';
import type { Evidence } from '../../evidence/evidence.js';
import { seenOf, type ServerEvidence, type SystemEvidence } from '../../evidence/system.js';
import type { Family } from '../../protocol/phases.js';
import type { Finding } from '../../results/audit.js';
import type { CaseFigures } from '../../results/case.js';
import type { ClocksJudgement } from '../../results/clocks.js';
import type { Check } from '../../results/check.js';
import type { Scenario } from '../../scenario/schema.js';

/** A case, and how many messages were sent to each of its servers. */
export interface CaseInRun {
  figures: CaseFigures;
  family: Family;
  /** In the order of its servers. */
  servers: readonly { name: string; sent: number }[];
  /** The first findings of each kind, of the audit of the case. */
  findings: readonly Finding[];
}

/** A whole run, for causes that explain its figures. */
export interface RunContext {
  cases: readonly CaseInRun[];
  system: SystemEvidence;
  evidence: Evidence;
  checks: readonly Check[];
  clocks: ClocksJudgement | undefined;
  scenario: Partial<Pick<Scenario, 'kea' | 'load'>>;
}

/** What a cause explains, and what shows it. */
export interface Explanation {
  /** The name of the case; empty for what concerns the whole run. */
  case: string;
  /** A figure or a check by its name, as checks name it; or a statistic of Kea. */
  explains: string;
  /** A sentence with figures, without a full stop at its end. */
  text: string;
}

/** The servers of a case that the evidence knows, with the messages that were sent to each. */
export function serversOf(
  { figures, servers }: CaseInRun,
  { system }: Pick<RunContext, 'system'>,
): { name: string; sent: number; its: ServerEvidence }[] {
  return servers.flatMap((one) => {
    const its = system.servers.find(({ name }) => name === `${figures.name} ${one.name}`);
    return its === undefined ? [] : [{ ...one, its }];
  });
}

/** By how much a statistic of Kea grew during the load; undefined where it is not known. */
export function growthOf({ before, after }: ServerEvidence, statistic: string): number | undefined {
  const [from, to] = [seenOf(before), seenOf(after)];
  const now = to?.[statistic];
  return from === undefined || now === undefined ? undefined : now - (from[statistic] ?? 0);
}

/** `server-1 3, server-2 4` */
export function byServer(counts: readonly { name: string; count: number }[]): string {
  return counts.map(({ name, count }) => `${name} ${number(count)}`).join(', ');
}
