import { judge } from '../../judgement/judge.js';
import type { CheckName } from '../../results/check-names.js';
import type { Judgement } from '../../results/judgement.js';
import type { Result } from '../../results/result.js';
import type { SourceLimits } from '../../judgement/checks/source-limits.js';
import { NO_EVIDENCE } from '../../evidence/evidence.js';
import type { Imported } from '../../observations/import/imported.js';
import type { Observation } from '../../observations/observation.js';
import { importedResult } from '../../report/result/of-recording.js';
import { scenarioSchema } from '../../scenario/schema.js';
import { TOOL } from '../../tool.js';

/** Checks of facts that only the harness itself can know about a run. */
const HARNESS_ONLY: readonly CheckName[] = [
  'run.deaths',
  'run.interrupted',
  'run.endedEarly',
  'run.drops',
  'run.sendErrors',
  'load.rate',
  'load.lateness',
  // In an imported source, a client may have asked several servers at once under one transaction id.
  'conformance.wrongServer',
];

export interface JudgingOptions {
  /** Seconds for which the servers hold declined leases back; unknown by default. */
  declinedForS?: number | undefined;
}

/**
 * Judges what others recorded as a run is judged, as far as the source has the facts.
 * Errors: SOURCE where the source turns out to be damaged.
 */
export function judgeImported(
  imported: Imported,
  argv: readonly string[],
  { declinedForS }: JudgingOptions = {},
): Result {
  const scenario = scenarioSchema.parse({
    name: imported.kind,
    description: 'exchanges recorded in a capture or log',
  });
  const { limits } = scenario;
  const { layout, untold } = imported;
  const unmade: CheckName[] = [
    ...HARNESS_ONLY,
    ...(untold.includes('strayAnswers')
      ? (['conformance.wrongClient', 'conformance.secondLease'] as const)
      : []),
    ...(untold.includes('requests') ? (['load.answered'] as const) : []),
  ];
  const source: SourceLimits = {
    unmade: new Set(unmade),
    missing: imported.missing,
    gaps: imported.gaps,
    unseenRequests: true,
    prefixLengths: !untold.includes('prefixLengths'),
    times: !untold.includes('times'),
    probationS: declinedForS,
  };
  const judged = (observations: Iterable<Observation>, limited: SourceLimits) =>
    judge({ layout, scenario: { limits }, evidence: NO_EVIDENCE, source: limited }, observations);
  const { certain } = imported;
  const atOnce = judged(imported.observations(), source);
  const judgement =
    certain === undefined || !isAtOdds(atOnce)
      ? atOnce
      : judged(certain.observations(), {
          ...source,
          asIfAtOnce: { checks: atOnce.checks, why: certain.why },
        });
  const notes = [
    ...imported.notes,
    ...(declinedForS === undefined
      ? []
      : [`The servers must not give a declined lease to anybody for ${declinedForS} s (--declined-for).`]),
  ];
  return importedResult({ ...imported, notes }, judgement, { tool: TOOL, argv, scenario });
}

/** Whether any leases contradict each other. */
function isAtOdds({ cases }: Judgement): boolean {
  return cases.some(
    ({ heldConcurrently, overlappingLeases, renewals }) =>
      heldConcurrently + overlappingLeases + renewals.notKept > 0,
  );
}
