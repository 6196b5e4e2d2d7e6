import type { Check, Verdict } from '../../results/check.js';
import type { CaseAudit, Finding, FindingKind, FindingList, RunAudit } from '../../results/audit.js';
import type { CheckName } from '../../results/check-names.js';
import type { NoAudit } from './input.js';
import type { Audited } from './audit.js';
import { beyondOf, lostOf } from './server-counters.js';
import { number as shownCount } from '../../numbers.js';

interface FindingCheck {
  name: CheckName;
  kinds: readonly FindingKind[];
  expected: string;
  /** How many leases the check judged; absent where nobody counts them. */
  of?: (audit: CaseAudit) => number;
}

const acknowledged = (audit: CaseAudit) => audit.acknowledged;

const CASE_CHECKS: readonly FindingCheck[] = [
  {
    name: 'audit.stored',
    kinds: ['missing', 'not-live'],
    expected: '0 acknowledged leases without a live row',
    of: acknowledged,
  },
  {
    name: 'audit.identity',
    kinds: ['other-identity'],
    expected: "0 acknowledged leases whose row is not that client's",
    of: acknowledged,
  },
  {
    name: 'audit.expiry',
    kinds: ['expiry', 'lifetime'],
    expected: '0 rows with another expiry time or valid lifetime than was answered',
    of: acknowledged,
  },
  { name: 'audit.untold', kinds: ['untold'], expected: '0 live rows that no client was told of' },
  {
    name: 'audit.pools',
    kinds: ['out-of-pool', 'wrong-length'],
    expected: '0 live rows or acknowledged leases outside the configured pools and lengths',
  },
  {
    name: 'audit.oneLease',
    kinds: ['several-leases'],
    expected: '0 clients with several live leases for one IAID and subnet',
    of: acknowledged,
  },
];

/** This check is made only if clients gave something back. */
const GIVEN_BACK: FindingCheck = {
  name: 'audit.givenBack',
  kinds: ['still-live', 'not-declined'],
  expected: '0 released leases that are still held, and 0 declined leases whose row is not declined',
  of: ({ givenBack }) => givenBack,
};

const SAME_ROWS: FindingCheck = {
  name: 'audit.sameRows',
  kinds: ['differing'],
  expected: '0 rows that are not the same on every node',
};
const NO_STRAY_ROWS: FindingCheck = {
  name: 'audit.untold',
  kinds: ['untold'],
  expected: '0 rows in subnets that no case has',
};

/**
 * The check for an audit that was not made. An audit that was not made, or only in part, is never a pass: the verdict
 * is inconclusive.
 */
export function noAuditChecks({ notMade }: NoAudit): Check[] {
  return [made([notMade], [])];
}

/**
 * @param ofCases the name of each case, and how many leases were given there
 * @param observedAll whether the observations are known to be complete
 * @param lacksRecords whether records of the journal are known to be missing, those of messages to servers included
 * @param hasFaults whether the scenario did faults. A server that was frozen may answer when nobody listens any more.
 */
export function auditChecks(
  { run, cases }: Audited,
  ofCases: readonly { name: string; committingLeases: number }[],
  {
    observedAll,
    lacksRecords,
    hasFaults,
  }: { observedAll: boolean; lacksRecords: boolean; hasFaults: boolean },
): Check[] {
  const read = run.nodes
    .filter(({ lease4, lease6 }) => lease4 !== null || lease6 !== null)
    .map(({ node }) => node);
  const nodes = { read, settled: run.settled, observedAll, lacksRecords };
  return [
    made(run.notMade, run.goneWithTheDead ?? []),
    ...(read.length === 0 ? [] : runChecks(run, nodes)),
    ...cases.flatMap((one, index) => {
      const { name = '', committingLeases = 0 } = ofCases[index] ?? {};
      if (one === null) return [];
      const its = caseChecks(one, name, nodes);
      if (!hasFaults) return its;
      const without = its.filter((check) => check.name !== ('load.lost' satisfies CheckName));
      return one.acknowledged === 0 && committingLeases > 0 ? without.map(nothingLeft) : without;
    }),
  ];
}

interface Nodes {
  /** The nodes whose tables were read. */
  read: readonly string[];
  settled: boolean;
  observedAll: boolean;
  lacksRecords: boolean;
}

/**
 * Names what nobody could read because of a death, but does not fail because of it: the death breaks a check of its
 * own.
 */
function made(notMade: readonly string[], goneWithTheDead: readonly string[]): Check {
  const missing = [...notMade, ...goneWithTheDead];
  return {
    name: 'audit.made',
    case: '',
    phase: '',
    expected: 'lease tables read through every running node, and counters of every running server',
    actual: missing.length === 0 ? 'all were read' : told(missing),
    verdict: notMade.length === 0 ? 'pass' : 'inconclusive',
  };
}

function runChecks(run: RunAudit, nodes: Nodes): Check[] {
  return [
    ...(run.replicated ? [findingCheck(run, '', SAME_ROWS, nodes)] : []),
    findingCheck(run, '', NO_STRAY_ROWS, nodes),
  ];
}

function caseChecks(one: CaseAudit, name: string, nodes: Nodes): Check[] {
  const rows =
    nodes.read.length === 0
      ? []
      : [...CASE_CHECKS, ...(one.givenBack === 0 ? [] : [GIVEN_BACK])].map((check) =>
          findingCheck(one, name, check, nodes, check.of?.(one)),
        );
  return [...rows, ...counterChecks(one, name)];
}

/** No lease that clients were told of was live at the end. So whether faults cost any of them, nobody can say. */
function nothingLeft(check: Check): Check {
  if (check.name !== 'audit.stored' || check.verdict !== 'pass') return check;
  return { ...check, actual: 'no acknowledged lease was live at the end', verdict: 'inconclusive' };
}

function findingCheck(
  { counts, findings }: FindingList,
  caseName: string,
  { name, kinds, expected }: FindingCheck,
  nodes: Nodes,
  of: number | null = null,
): Check {
  const found = findings.filter(({ kind }) => kinds.includes(kind));
  const number = kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const counted = kinds.flatMap((kind) =>
    counts[kind] === undefined ? [] : [`${shownCount(counts[kind])} ${kind}`],
  );
  return {
    name,
    case: caseName,
    phase: '',
    expected,
    actual: number === 0 ? '0' : `${counted.join(', ')}: ${told(found.map(where), number)}`,
    verdict: verdictOn(found, nodes),
    count: { found: number, of },
  };
}

/**
 * What a message that is not in the journal may explain: a RELEASE or DECLINE after which the lease was another
 * client's or nobody's, or a renewal that made it last longer. The other kinds follow from the rows alone.
 */
const EXPLAINED_BY_A_MESSAGE: ReadonlySet<FindingKind> = new Set<FindingKind>([
  ...(['missing', 'not-live', 'other-identity', 'expiry', 'lifetime'] as const),
  ...(['untold', 'still-live', 'not-declined'] as const),
]);

/**
 * If the nodes had not come to rest, a difference between them may be a mere delay. If observations are missing, the
 * answer that told a client of a row may be one of them. If records of the journal are missing, so may be what the
 * client sent.
 */
function verdictOn(found: readonly Finding[], { read, settled, observedAll, lacksRecords }: Nodes): Verdict {
  if (found.length === 0) return 'pass';
  if (lacksRecords && found.every(({ kind }) => EXPLAINED_BY_A_MESSAGE.has(kind))) return 'inconclusive';
  if (!observedAll && found.every(({ kind }) => kind === 'untold')) return 'inconclusive';
  const onSomeOnly = ({ kind, nodes }: Finding): boolean =>
    kind === 'differing' || !read.every((node) => nodes.includes(node));
  return !settled && found.every(onSomeOnly) ? 'inconclusive' : 'fail';
}

function where({ lease, nodes }: Finding): string {
  return `${lease} on ${nodes.join(', ')}`;
}

function counterChecks({ servers }: CaseAudit, name: string): Check[] {
  const base = { case: name, phase: '' };
  const lost = servers.filter((server) => lostOf(server) > 0);
  const beyond = servers.filter((server) => beyondOf(server) > 0);
  return [
    {
      ...base,
      name: 'audit.counters',
      expected: 'no more answers than Kea says it sent',
      actual:
        beyond.length === 0 ? 'none' : beyond.map((one) => `${beyondOf(one)} of ${one.server}`).join(', '),
      verdict: beyond.length === 0 ? 'pass' : 'fail',
      count: { found: beyond.reduce((sum, one) => sum + beyondOf(one), 0), of: null },
    },
    {
      ...base,
      name: 'load.lost',
      expected: 'every answer that Kea says it sent arrives',
      actual:
        lost.length === 0
          ? 'all did'
          : lost.map((one) => `${lostOf(one)} of ${one.server} did not arrive`).join(', '),
      verdict: lost.length === 0 ? 'pass' : 'inconclusive',
    },
  ];
}

const SHOWN = 3;

/** @param count how many there are in all, if `all` holds only the first ones */
function told(all: readonly string[], count = all.length): string {
  const more = count - Math.min(all.length, SHOWN);
  return all.slice(0, SHOWN).join('; ') + (more > 0 ? `; and ${shownCount(more)} more` : '');
}
