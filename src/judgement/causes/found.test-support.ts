import type { Evidence } from '../../evidence/evidence.js';
import type { Counters, LogMessageCount, ServerEvidence, SystemEvidence } from '../../evidence/system.js';
import type { Family } from '../../protocol/phases.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { Allocator } from '../../scenario/allocators.js';
import { NOTHING_WRONG } from '../synthetic.test-support.js';
import type { CaseInRun, RunContext } from './run-context.js';

/** Whether a run had faults is all that the causes look at. */
export const NO_EVIDENCE_OF_FAULTS = {} as NonNullable<Evidence['faults']>;

export function server({
  log = [],
  before = {},
  after = {},
}: {
  log?: LogMessageCount[];
  before?: Counters;
  after?: Counters;
}): ServerEvidence {
  return {
    name: 'dhcp6-ia-na server-1',
    node: 'node-1',
    before: { seen: before },
    after: { seen: after },
    log: { seen: log },
  };
}

interface Made {
  servers?: readonly ServerEvidence[];
  family?: Family;
  /** Requests that were refused, over all attempts. */
  refused?: number;
  /** How many leases of the first phase were offered to how many clients. */
  sharing?: Readonly<Record<number, number>>;
  /** Messages sent to the server, and those of them that the kernel dropped. */
  sent?: number;
  drops?: number;
  renewals?: number;
  repaired?: boolean;
  allocator?: Allocator;
  replicated?: boolean;
  checks?: readonly Check[];
  clocks?: RunContext['clocks'];
  witnesses?: CaseFigures['witnesses'];
  findings?: CaseInRun['findings'];
  evidence?: Partial<Evidence>;
}

/** A run of one case with one server, with the figures that causes look at and no others. */
export function run({
  servers = [],
  family = 6,
  refused = 0,
  sharing = {},
  sent = 0,
  drops = 0,
  renewals = 0,
  repaired = false,
  allocator,
  replicated = true,
  checks = [],
  clocks,
  witnesses = [],
  findings = [],
  evidence = {},
}: Made): RunContext {
  const phases = [
    { committing: false, allAttempts: { sharing }, refusals: { reasons: [] } },
    {
      committing: true,
      refusals: { reasons: [{ reason: 'NoAddrsAvail', firstAttempt: refused, allAttempts: refused }] },
    },
  ];
  const judged = { name: 'dhcp6-ia-na', phases, renewals: { judged: renewals }, witnesses };
  const figures = judged as unknown as CaseFigures;
  const socket = { socket: 'dhcp6-ia-na server-1', drops };
  return {
    cases: [{ figures, family, servers: [{ name: 'server-1', sent }], findings }],
    system: { replicated, servers } as unknown as SystemEvidence,
    evidence: { ...NOTHING_WRONG, drops: [socket], ...evidence },
    checks,
    clocks,
    scenario: { kea: { repairedRetry: repaired, allocator } } as unknown as RunContext['scenario'],
  };
}
