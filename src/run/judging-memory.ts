import { memoryPeakCheck } from '../judgement/machine/memory-checks.js';
import { verdictOf } from '../judgement/checks/verdicts.js';
import { peakResidentBytes } from '../processes/memory.js';
import { outcomeAndCode } from '../report/result/outcome.js';
import { rounded } from '../results/registry/mapped.js';
import { resourcesSchema } from '../results/resources.js';
import type { Result } from '../results/result.js';
import type { Scenario } from '../scenario/schema.js';
import type { RunDirectory } from '../store/run-directory.js';
import { readEvidence, STORED } from '../store/stored-files.js';

const MIB = 1_024 * 1_024;

/**
 * Adds the memory that the judgement took to a run's evidence and result. The figure is known only after the
 * judgement. A later judgement of the run uses the stored figure, and not that of the machine that it is made on.
 * Errors: STORAGE, SOURCE.
 */
export function withJudgingMemory(
  directory: RunDirectory,
  { limits }: Pick<Scenario, 'limits'>,
  result: Result,
): Result {
  const evidence = readEvidence(directory.path);
  const { resources } = result;
  if (evidence?.resources === undefined || resources === null || resources === undefined) return result;
  const judgedPeakBytes = peakResidentBytes();
  const memory = { ...evidence.resources.memory, judgedPeakBytes };
  directory.writeJson(STORED.evidence, { ...evidence, resources: { ...evidence.resources, memory } });
  // The result has rounded figures. The check needs the exact ones, as a later judgement has them.
  const figures = {
    ...resources.memory,
    peakMiB: memory.peakBytes / MIB,
    judgedPeakMiB: judgedPeakBytes / MIB,
  };
  const again = memoryPeakCheck(figures, limits);
  const checks = result.checks.map((check) => (check.name === again.name ? again : check));
  const judged = { ...result, checks, verdict: verdictOf(checks) };
  const isEnded = result.exitCode !== outcomeAndCode(result).exitCode;
  return {
    ...judged,
    ...outcomeAndCode(judged, isEnded ? result.exitCode : undefined),
    resources: rounded(resourcesSchema, { ...resources, memory: figures }),
  };
}
