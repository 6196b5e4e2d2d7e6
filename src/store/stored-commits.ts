import { join } from 'node:path';
import { readCommitFile } from '../evidence/commits/commit-file.js';
import type { Evidence } from '../evidence/evidence.js';
import { seenOf } from '../evidence/system.js';
import type { CommitsInput } from '../judgement/commits/input.js';

/** The changes of leases that a run directory stores; undefined where it stores none. Its walks throw SOURCE. */
export function storedCommits(
  directory: string,
  evidence: Pick<Evidence, 'commits'> | undefined,
): CommitsInput | undefined {
  const commits = evidence?.commits;
  if (commits === undefined) return undefined;
  return {
    nodes: commits.nodes,
    changes: (node) => {
      const its = commits.nodes.find(({ name }) => name === node);
      const file = its && seenOf(its.changes);
      return file === undefined ? [] : readCommitFile(join(directory, file.file), file);
    },
  };
}
