import { number } from '../../numbers.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import { givenText, type NamedFault } from '../words/fault-leases.js';
import { clientText, rowsText } from '../words/rows.js';
import { wrap } from '../words/wrap.js';

const FINDINGS_SHOWN = 20;

type RunAudit = NonNullable<Result['audit']>;
type Finding = RunAudit['findings'][number];

/** One line if the audit found nothing. Otherwise each finding, with its row on every node. */
export function auditLines({ audit, cases, faults }: Result, columns: number): string[] {
  if (audit === null || audit === undefined) return [];
  const found = [
    ...audit.findings.map((finding) => ({ name: '', finding })),
    ...cases.flatMap(({ name, audit: one }) => (one?.findings ?? []).map((finding) => ({ name, finding }))),
  ];
  const omitted = [audit, ...cases.map((one) => one.audit)].reduce(
    (sum, one) => sum + (one?.omitted ?? 0),
    0,
  );
  if (found.length === 0) return soundLine(audit, cases).flatMap((line) => wrap(line, columns));
  const lines = found
    .slice(0, FINDINGS_SHOWN)
    .flatMap(({ name, finding }) => wrap(findingText(name, finding, faults?.faults), columns, 2, '- '));
  const more = found.length - Math.min(found.length, FINDINGS_SHOWN) + omitted;
  return more === 0 ? lines : [...lines, `  and ${more} more`];
}

/** One line with the number of leases and rows. Empty if no table was read, as a check already says that. */
function soundLine(audit: RunAudit, cases: readonly CaseResult[]): string[] {
  const acknowledged = cases.reduce((sum, one) => sum + (one.audit?.acknowledged ?? 0), 0);
  const read = audit.nodes.filter(({ lease4, lease6 }) => lease4 !== null && lease6 !== null);
  const [first] = read;
  if (first === undefined) return [];
  const rows = read.map(({ lease4, lease6 }) => (lease4?.rows ?? 0) + (lease6?.rows ?? 0));
  const leases = `every acknowledged lease (${number(acknowledged)}) is`;
  if (!audit.replicated) return [`${leases} on its server's node: ${rows.map(number).join(', ')} rows`];
  if (audit.nodes.length === 1) return [`${leases} on the node, ${number(rows[0] ?? 0)} rows`];
  const isAll = read.length === audit.nodes.length;
  const where = isAll ? `all ${read.length} nodes` : read.map(({ node }) => node).join(', ');
  return [`${leases} on ${where}, ${number(rows[0] ?? 0)} rows each, same digest`];
}

function findingText(
  name: string,
  { kind, lease, client, identity, server, nodes, detail, rows, during, before }: Finding,
  faults: readonly NamedFault[] = [],
): string {
  const whose = client === null ? '' : ` of ${clientText(client, identity)}`;
  const by = server === null ? '' : ` by ${server}`;
  const given = during === undefined ? '' : `, ${givenText(faults, during, before)}`;
  const title = [name, kind, lease].filter((part) => part !== '').join(' ');
  return `${title}${whose}${by}${given}: expected ${detail}; found on ${nodes.join(', ')}; ${rowsText(rows, [{ client, identity }])}`;
}
