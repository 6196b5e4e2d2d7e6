import { join } from 'node:path';
import { judge } from '../judgement/judge.js';
import type { Judgement } from '../results/judgement.js';
import type { Result } from '../results/result.js';
import type { SourceLimits } from '../judgement/checks/source-limits.js';
import { exitCodeOf, type ErrorCode } from '../errors.js';
import { NO_EVIDENCE, type Evidence } from '../evidence/evidence.js';
import { openJournal, type Journal } from '../observations/journal/journal.js';
import { buildResult } from '../report/result/build.js';
import { lackingRecords } from './cut-journal.js';
import { requireOwnJournal } from './own-files.js';
import { storedAudit } from './stored-audit.js';
import { storedCommits } from './stored-commits.js';
import { readEvidence, readFacts, requireRunDirectory, STORED } from './stored-files.js';

export { STORED, STORED_FACTS_VERSION, type StoredFacts } from './stored-files.js';

/**
 * Judges a run from its stored files and from nothing else. The judgement is the same right after the run and years
 * later. A killed run is judged as far as it went, and is inconclusive at best.
 * Errors: SOURCE where a file is missing, damaged or of another version.
 *
 * @param tell is called with the whole judgement; the result has only its first witnesses
 */
export function judgeStoredRun(directory: string, tell?: (judgement: Judgement) => void): Result {
  requireRunDirectory(directory);
  const facts = readFacts(directory);
  const evidence = readEvidence(directory);
  const path = join(directory, STORED.journal);
  const journal = openJournal(path);
  // Without a digest, the judgement itself finds what is no record.
  if (evidence?.journalDigests !== undefined)
    requireOwnJournal(
      path,
      evidence,
      lackingRecords(journal, evidence).length === 0 ? 'whole' : 'beginnings',
    );
  const { scenario } = facts;
  const { endedEarly } = evidence ?? NO_EVIDENCE;
  const judgement = judge(
    {
      layout: journal.layout,
      scenario,
      evidence: evidence ?? NO_EVIDENCE,
      databaseSettings: facts.environment.database.settings,
      audit: storedAudit(directory, facts, evidence, scenario),
      commits: storedCommits(directory, evidence),
      source: limitsOf(journal, evidence),
    },
    journal.passing(),
  );
  tell?.(judgement);
  return buildResult(
    {
      ...facts,
      startedAt: new Date(facts.startedAt),
      finishedAt: evidence === undefined ? null : new Date(evidence.finishedAt),
      ...(endedEarly === null ? {} : { exitCode: exitCodeOf(endedEarly.code as ErrorCode) }),
    },
    judgement,
  );
}

/** @returns undefined where nothing is missing */
function limitsOf(journal: Journal, evidence: Evidence | undefined): SourceLimits | undefined {
  const missing = [
    ...(evidence === undefined
      ? [
          'there is no evidence.json: the run was killed before it could write it, or is still under way; it is judged only as far as it went',
        ]
      : []),
    ...lackingRecords(journal, evidence),
  ];
  if (missing.length === 0) return undefined;
  const restsOnEvidence = [
    'run.deaths',
    'run.interrupted',
    'run.endedEarly',
    'run.drops',
    'run.sendErrors',
  ] as const;
  return {
    missing,
    unmade: new Set(evidence === undefined ? restsOnEvidence : []),
    unseenRequests: false,
    prefixLengths: true,
    times: true,
  };
}
