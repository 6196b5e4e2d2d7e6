import { parseSubject, type Subject } from '../checks/subject.js';
import { CheckSyntaxError, type CheckProblem } from '../checks/stated-check.js';
import { nearest } from '../language/nearest.js';

/** The figures of a run as a whole that a table can show. */
export const RUN_FIGURES = {
  verdict: 'the verdict',
  kea: 'the version of Kea',
  database: 'the version of the database',
  galera: 'the version of the Galera library',
  allocator: 'the allocator of addresses, as the servers say',
  threads: 'worker threads of each server',
  certificationFailures: 'certification failures that the nodes counted, all together',
  conflictsPerNode: 'certification failures and transactions aborted by replication, of each node',
  short: 'the resource that was short, if a check on the load does not hold',
  cpuPercent: 'how busy all CPUs of the machine were from the first start to the last',
  memoryMiB: 'the most memory that the harness had resident',
} as const;

export type RunFigure = keyof typeof RUN_FIGURES;

/** A figure that a table shows: one of a run, or `[CASE.][PHASE.][SCOPE.]FIGURE` as checks name it. */
export type Shown = { label: string } & ({ of: 'run'; figure: RunFigure } | { of: 'case'; subject: Subject });

/** @throws CheckSyntaxError for a text that names no figure; the schema has refused such a text before */
export function readShown({
  figure: text,
  as: label = text,
}: {
  figure: string;
  as?: string | undefined;
}): Shown {
  if (isRunFigure(text)) return { label, of: 'run', figure: text };
  return { label, of: 'case', subject: parseSubject(text, 0) };
}

/** What is wrong with the name of a figure; undefined where it is right. */
export function findShowProblem(text: string): CheckProblem | undefined {
  try {
    readShown({ figure: text });
    return undefined;
  } catch (error) {
    if (!(error instanceof CheckSyntaxError)) throw error;
    const meant = nearest(text, Object.keys(RUN_FIGURES));
    return meant === undefined
      ? error.problem
      : { offset: 0, message: `there is no figure ${text}; did you mean ${meant}?`, suggestion: meant };
  }
}

function isRunFigure(text: string): text is RunFigure {
  return Object.hasOwn(RUN_FIGURES, text);
}
