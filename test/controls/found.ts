import type { Result } from '../../src/results/result.js';
import type { Identity } from './wire/message.js';

/** Everything in a result that differs from a clean run. */
export interface Found {
  verdict: Result['verdict'];
  exitCode: number;
  /** Every check that does not hold: `fail audit.stored dhcp4`. */
  checks: string[];
  witnesses: FoundWitness[];
  findings: Finding[];
  /** Counts over all phases; those of 0 are left out. */
  strays: Partial<Record<Stray, number>>;
}

export interface FoundWitness {
  kind: string;
  phase: string | null;
  lease: string;
  otherLease: string | null;
  holders: { identity: Identity; server: string }[];
  rows: RowOwner[];
}

export interface Finding {
  kind: string;
  lease: string;
  identity: Identity | null;
  server: string | null;
  nodes: readonly string[];
  rows: RowOwner[];
}

/** Such as `node-1: 0102…`, with the identity in hexadecimal, or `node-1: no row`. */
export type RowOwner = string;

type Stray =
  | 'timeout'
  | 'late'
  | 'malformed'
  | 'extraAnswers'
  | 'extraAnswersOtherLease'
  | 'wrongClient'
  | 'wrongServer'
  | 'unmatched';

/** The findings of these checks stand only in the text of the check. */
const TOLD_IN_WORDS: ReadonlySet<string> = new Set(['audit.counters', 'load.lost']);

export function found(result: Result): Found {
  const { verdict, exitCode, checks, cases, audit } = result;
  return {
    verdict,
    exitCode,
    checks: checks
      .filter((check) => check.verdict !== 'pass')
      .map((check) =>
        [check.verdict, check.name, check.case, TOLD_IN_WORDS.has(check.name) ? check.actual : '']
          .filter((part) => part !== '')
          .join(' '),
      )
      .sort(),
    witnesses: cases.flatMap(({ witnesses }) =>
      witnesses.map(({ kind, phase, lease, otherLease, holders, rows }) => ({
        kind,
        phase: phase ?? null,
        lease,
        otherLease,
        holders: holders.map(({ identity, server }) => ({ identity: identity as Identity, server })),
        rows: owners(rows ?? []),
      })),
    ),
    findings: [...(audit?.findings ?? []), ...cases.flatMap((one) => one.audit?.findings ?? [])].map(
      ({ kind, lease, identity, server, nodes, rows }) => ({
        kind,
        lease,
        identity: identity as Identity | null,
        server,
        nodes,
        rows: owners(rows),
      }),
    ),
    strays: straysOf(result),
  };
}

function owners(rows: NonNullable<Result['cases'][number]['witnesses'][number]['rows']>): RowOwner[] {
  return rows.map(({ node, row }) => `${node}: ${row?.clientIdentifier ?? row?.duid ?? 'no row'}`);
}

function straysOf({ cases }: Result): Found['strays'] {
  const counts: Found['strays'] = {};
  for (const { outcomes, ...phase } of cases.flatMap(({ phases }) => phases)) {
    const { extraAnswers, extraAnswersOtherLease, wrongClient, wrongServer, unmatched } = phase;
    const { timeout, late, malformed } = outcomes;
    const all: Record<Stray, number | null> = {
      ...{ timeout, late, malformed },
      ...{ extraAnswers, extraAnswersOtherLease, wrongClient, wrongServer, unmatched },
    };
    for (const [name, count] of Object.entries(all) as [Stray, number | null][]) {
      if (count !== null && count > 0) counts[name] = (counts[name] ?? 0) + count;
    }
  }
  return counts;
}
