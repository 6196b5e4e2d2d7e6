import { judge } from '../analysis/judge.js';
import type { CheckName } from '../analysis/model.js';
import type { SourceLimits } from '../analysis/source-limits.js';
import { NO_EVIDENCE } from '../evidence/model.js';
import type { Imported } from '../observations/imported.js';
import { importedResult } from '../report/imported.js';
import type { Result } from '../report/result.js';
import { scenarioSchema } from '../scenario/schema.js';
import { TOOL } from '../tool.js';

/** What only the harness itself can know of a run. */
const HARNESS_ONLY: readonly CheckName[] = [
  'run.deaths',
  'run.interrupted',
  'run.endedEarly',
  'run.drops',
  'run.sendErrors',
  'load.rate',
  'load.lateness',
  // A client there may have asked several servers at once, under one transaction id.
  'conformance.wrongServer',
];

/**
 * Judges what others recorded, as a run is judged, as far as the source tells.
 * Errors: SOURCE where it turns out damaged.
 */
export function judgeImported(imported: Imported, argv: readonly string[]): Result {
  const scenario = scenarioSchema.parse({ name: imported.kind, description: 'what others recorded' });
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
    prefixLengths: !untold.includes('prefixLengths'),
  };
  const judgement = judge(
    { layout, scenario: { limits }, evidence: NO_EVIDENCE, source },
    imported.observations(),
  );
  return importedResult(imported, judgement, { tool: TOOL, argv, scenario });
}
