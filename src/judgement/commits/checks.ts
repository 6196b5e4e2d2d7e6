import type { Check } from '../../results/check.js';
import type { CheckName } from '../../results/check-names.js';
import type { CommitFindingKind, CommitsJudgement } from '../../results/commits.js';

interface CommitCheck {
  name: CheckName;
  kinds: readonly CommitFindingKind[];
  expected: string;
  /** How many were judged; absent where nobody counts them. */
  of: (commits: CommitsJudgement) => number;
}

const CHECKS: readonly CommitCheck[] = [
  {
    name: 'commits.order',
    kinds: ['other-order'],
    expected: '0 leases whose owners have another sequence on one of the nodes',
    of: ({ leases }) => leases,
  },
  {
    name: 'commits.owners',
    kinds: ['replaced'],
    expected: '0 leases that got another owner before they had ended',
    of: ({ leases }) => leases,
  },
  {
    name: 'commits.answers',
    kinds: ['not-committed', 'other-lifetime'],
    expected: '0 leases that were given before they were committed, or with another lifetime',
    of: ({ answers }) => answers,
  },
  {
    name: 'commits.told',
    kinds: ['not-told'],
    expected:
      '0 leases that were committed for a client whose requests were all answered, and that it was not told of',
    of: ({ leases }) => leases,
  },
];

/** Whether a check compares the histories of nodes. */
function comparesNodes({ kinds }: CommitCheck): boolean {
  return kinds.includes('other-order');
}

/** The checks of the commit history. */
export function commitChecks(commits: CommitsJudgement): Check[] {
  const notRead = commits.nodes.filter(({ changes }) => changes === null);
  const [first] = notRead;
  const isEmpty = commits.changes === 0;
  return [
    {
      name: 'commits.made',
      case: '',
      phase: '',
      expected: 'the changes of leases read from the binary log of every node',
      actual:
        first !== undefined
          ? notRead.map(({ node, notRead: why = '' }) => `${node}: ${why}`).join('; ')
          : isEmpty
            ? 'there are no changes'
            : 'all were read',
      verdict: first === undefined && !isEmpty ? 'pass' : 'inconclusive',
    },
    // Of a single node, or of nodes that share nothing, there is no order to compare.
    ...CHECKS.filter((check) => !comparesNodes(check) || (commits.shared && commits.nodes.length > 1)).map(
      (check) =>
        isEmpty || (comparesNodes(check) && commits.nodes.length - notRead.length < 2)
          ? untold(check)
          : made(check, commits),
    ),
  ];
}

function made({ name, kinds, expected, of }: CommitCheck, commits: CommitsJudgement): Check {
  const found = kinds.reduce((sum, kind) => sum + (commits.counts[kind] ?? 0), 0);
  const first = commits.findings.find(({ kind }) => kinds.includes(kind));
  const more = found > 1 ? `; and ${found - 1} more` : '';
  return {
    ...{ name, case: '', phase: '', expected },
    actual: first === undefined ? '0' : `${found}: ${first.lease}: ${first.detail}${more}`,
    verdict: found === 0 ? 'pass' : 'fail',
    count: { found, of: of(commits) },
  };
}

function untold({ name, expected }: CommitCheck): Check {
  return { name, case: '', phase: '', expected, actual: 'too little was read', verdict: 'inconclusive' };
}
