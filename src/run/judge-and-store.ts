import { EXIT, HarnessError, messageOf } from '../errors.js';
import type { Judgement } from '../results/judgement.js';
import type { Result } from '../results/result.js';
import { junitOfFailure, type InconclusiveAs } from '../report/junit/junit.js';
import { markdownReport } from '../report/markdown/markdown.js';
import { witnessResult } from '../report/result/witness-result.js';
import type { Scenario } from '../scenario/schema.js';
import { withJudgingMemory } from './judging-memory.js';
import type { RunDirectory } from '../store/run-directory.js';
import { summarize } from '../store/step-summary.js';
import { judgeStoredRun, STORED } from '../store/stored-run.js';
import { REPORT_FILES, writeReports } from '../store/write-reports.js';

export interface ConcludeRequest {
  directory: RunDirectory;
  scenario: Pick<Scenario, 'reports' | 'limits'>;
  inconclusive: InconclusiveAs;
  /** Whether the run belongs to a suite. The suite's own summary then covers all its runs. */
  inSuite: boolean;
  say: (text: string) => void;
}

/**
 * Judges what a run has stored, and stores the result, the witnesses and the reports.
 * Errors: STORAGE; SOURCE where what the run stored is no longer there.
 */
export function conclude({ directory, scenario, inconclusive, inSuite, say }: ConcludeRequest): Result {
  let cases: Judgement['cases'] = [];
  const judged = judgeStoredRun(directory.path, (judgement) => (cases = judgement.cases));
  const result = withJudgingMemory(directory, scenario, judged);
  directory.writeJson(STORED.result, result);
  try {
    writeWitnesses(directory, cases);
    writeReports({
      ...{ directory: directory.path, result, formats: scenario.reports, inconclusive },
      // The verdict and the other reports do not depend on it.
      withoutTimeline: (error) => say(`no timeline: ${messageOf(error)}`),
    });
  } catch (error) {
    // A run that a full disk has ended is still reported. Its exit code tells of the full disk already.
    if (result.exitCode !== EXIT.prerequisite) throw error;
    say(messageOf(error));
  }
  if (!inSuite) summarize((limitBytes) => markdownReport(result, limitBytes), say);
  return result;
}

/** Writes a `junit.xml` which tells the readers of a CI job's tests that there was no run, and why. */
export function concludeFailure(
  directory: RunDirectory,
  { name, reports }: Pick<Scenario, 'name' | 'reports'>,
  error: unknown,
): void {
  if (!reports.includes('junit')) return;
  const { code, hint } = error instanceof HarnessError ? error : { code: 'INTERNAL', hint: undefined };
  try {
    directory.writeText(REPORT_FILES.junit, junitOfFailure(name, { code, message: messageOf(error), hint }));
  } catch {
    // The caller reports the failure itself.
  }
}

/** Writes all witnesses that the judgement kept, one a line. `result.json` has only the first ones of each case. */
function writeWitnesses(directory: RunDirectory, cases: Judgement['cases']): void {
  if (cases.every(({ witnesses }) => witnesses.length === 0)) return;
  const names = cases.map(({ name }) => name);
  const lines = cases.flatMap(({ name, witnesses }) =>
    witnesses.map((witness) => JSON.stringify({ case: name, ...witnessResult(witness, names) }) + '\n'),
  );
  directory.writeText(STORED.witnesses, lines.join(''));
}
