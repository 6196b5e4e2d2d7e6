import type { CaseResult } from '../../results/case.js';
import type { PhaseResult } from '../../results/phase.js';
import { answeredCounts } from '../../report/words/answered.js';
import type { CaseRun, CaseRuns, SideBySideRuns } from './model.js';

/** A figure that a suite's pictures show, one number for a case of a run. */
export interface PicturedFigure {
  title: string;
  /** What it is, for the label that is read aloud, and for the note. */
  meaning: string;
  unit: 'percent' | 'count';
  valueOf: (run: CaseRun) => number | null;
  /** Whether it is a figure of all cases of a run together, such as one of the nodes. */
  ofRun?: boolean;
  /** Whether a search for a rate sets a limit for it. */
  isLimited?: boolean;
  /** Whether 0 in every run is worth a picture. */
  alsoNone?: boolean;
}

/** Every figure of the pictures but latencies, in their order. */
export const PICTURED: readonly PicturedFigure[] = [
  {
    title: 'Without a timely answer, %',
    meaning: 'exchanges that had no timely answer, in percent of those started',
    unit: 'percent',
    valueOf: ({ of }) => of.exchanges?.withoutTimelyAnswerPercent ?? null,
    alsoNone: true,
    isLimited: true,
  },
  {
    title: 'Refused at first, %',
    meaning: 'clients that were refused in their first attempt, in percent of all clients',
    unit: 'percent',
    valueOf: ({ of }) => percentOf(committing(of)?.refusals.clients, of.clients),
  },
  {
    title: 'Duplicates among offers, %',
    meaning: 'first attempts: leases that were offered to two or more clients, in percent of the offers',
    unit: 'percent',
    valueOf: ({ of }) => of.phases.find((phase) => !phase.committing)?.firstAttempt.duplicatePercent ?? null,
  },
  {
    title: 'Conflicts, for 100 exchanges',
    meaning:
      'transactions that a node refused or aborted for another one, for 100 exchanges that were started',
    unit: 'count',
    valueOf: ({ result }) =>
      percentOf(
        conflictsOf(result),
        result.cases.reduce((sum, { exchanges }) => sum + (exchanges?.started ?? 0), 0),
      ),
    ofRun: true,
  },
  {
    title: 'Leases held by two',
    meaning: 'leases that two clients held at the same time',
    unit: 'count',
    valueOf: ({ of }) => of.heldConcurrently + of.overlappingLeases,
  },
];

/** The runs that a figure is shown for: case by case, or once where it is of all cases of a run together. */
export function linesOf(
  { cases }: SideBySideRuns,
  { ofRun = false }: Pick<PicturedFigure, 'ofRun'>,
): CaseRuns[] {
  const isAlone = cases.every(({ runs }) => runs.every(({ result }) => result.cases.length === 1));
  const [first] = cases;
  if (!ofRun || isAlone || first === undefined) return [...cases];
  return [{ ...first, name: 'all cases together' }];
}

/** The phase that gives a case its lease. */
export function committing({ phases }: CaseResult): PhaseResult | undefined {
  return phases.find((phase) => phase.committing);
}

/**
 * First attempts a second on each server that were answered in time, from the first message to the answer to the REQUEST. A
 * refusal is an answer. Null where no rate was offered, or where the source does not tell the answers.
 */
export function answeredPerServer({ of: { phases, exchanges } }: CaseRun): number | null {
  const achieved = exchanges?.achievedPerServer ?? null;
  const started = phases[0]?.firstAttempt.requests ?? 0;
  if (achieved === null || started === 0) return null;
  // An address and a prefix of one message are one request, and renewals are no part of the exchange.
  const names = new Set([phases[0]?.name, phases.find((phase) => phase.committing)?.name]);
  const missed = [...names].reduce((sum, name) => {
    const phase = phases.find((one) => one.name === name);
    if (phase === undefined) return sum;
    const { late, unanswered } = answeredCounts({ name: phase.name, outcomes: phase.firstAttemptOutcomes });
    return sum + (late ?? 0) + (unanswered ?? 0);
  }, 0);
  return (achieved * (started - missed)) / started;
}

/** Certification failures and aborts by replication, of all nodes. Null where nodes do not replicate, or nobody knows of all. */
export function conflictsOf({ accompanying }: CaseRun['result']): number | null {
  if ((accompanying?.notCounted ?? []).length > 0) return null;
  const counted = (accompanying?.nodes ?? []).flatMap(({ growth }) =>
    ['wsrep_local_cert_failures', 'wsrep_local_bf_aborts'].flatMap((counter) => growth[counter] ?? []),
  );
  return counted.length === 0 ? null : counted.reduce((sum, one) => sum + one, 0);
}

function percentOf(part: number | null | undefined, whole: number): number | null {
  if (part === null || part === undefined || whole === 0) return null;
  return (100 * part) / whole;
}
