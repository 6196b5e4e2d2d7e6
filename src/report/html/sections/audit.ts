import type { Result } from '../../../results/result.js';
import { clientText, rowsText } from '../../words/rows.js';
import { html, type Content, type Markup } from '../markup.js';
import { count, plural } from '../../words/numbers.js';
import { table, type Cell } from '../table.js';
import type { Section } from './section.js';

type RunAudit = NonNullable<Result['audit']>;
type Finding = RunAudit['findings'][number];
type TableOfNode = RunAudit['nodes'][number]['lease4'];

/** The audit of the lease tables on every node. Absent if no audit was made. */
export function audit({ audit: run, cases }: Result): Section | undefined {
  if (run === null || run === undefined) return undefined;
  const findings = [
    ...run.findings.map((finding) => ({ name: '', finding })),
    ...cases.flatMap((one) => (one.audit?.findings ?? []).map((finding) => ({ name: one.name, finding }))),
  ];
  const omitted = run.omitted + cases.reduce((sum, one) => sum + (one.audit?.omitted ?? 0), 0);
  const acknowledged = cases.reduce((sum, one) => sum + (one.audit?.acknowledged ?? 0), 0);
  return {
    id: 'audit',
    title: 'Audit of the lease tables, node by node',
    content: [
      html`<p>
        ${plural(acknowledged, 'lease')} acknowledged to clients; read
        ${run.settled ? '' : 'before they had settled, '} ${count(run.settledAfterMs)} ms after the last
        answer.
        ${run.replicated ? 'Every node must hold the same rows.' : 'The nodes share nothing: each holds its own rows.'}
      </p>`,
      run.notMade.length === 0
        ? null
        : html`<ul class="bad">
            ${run.notMade.map((one) => html`<li>${one}</li>`)}
          </ul>`,
      run.goneWithTheDead === undefined
        ? null
        : html`<ul>
            ${run.goneWithTheDead.map((one) => html`<li>${one}</li>`)}
          </ul>`,
      nodesTable(run, cases),
      moreRows(run, cases),
      findings.length + omitted === 0
        ? html`<p class="pass">✓ The audit found nothing wrong.</p>`
        : findingsTable(findings, omitted),
    ],
  };
}

function nodesTable(run: RunAudit, cases: Result['cases']): Markup {
  const audited = cases.filter((one) => one.audit !== null);
  const columns = [
    { head: 'node' },
    ...audited.map(({ name }) => ({ head: `${name} rows`, figures: true })),
    { head: 'lease4 rows', figures: true },
    { head: 'lease4 digest' },
    { head: 'lease6 rows', figures: true },
    { head: 'lease6 digest' },
  ];
  const rows = run.nodes.map(({ node, lease4, lease6 }, i) => [
    node,
    ...audited.map((one): Cell => {
      const index = one.audit?.rows.findIndex((row) => row.node === node) ?? -1;
      const value = one.audit?.rows[index]?.rows ?? null;
      const path = index < 0 ? '' : `cases.${cases.indexOf(one)}.audit.rows.${index}.rows`;
      return { shown: count(value), value, path };
    }),
    rowsOf(lease4, `audit.nodes.${i}.lease4`),
    digest(lease4),
    rowsOf(lease6, `audit.nodes.${i}.lease6`),
    digest(lease6),
  ]);
  return table({ label: 'Rows on every node', columns, rows });
}

/** Why a table has more rows than there are clients with a lease. Null if it has not. */
function moreRows({ replicated }: RunAudit, cases: Result['cases']): Content {
  const more = cases.flatMap(({ name, clientsWithLease, audit: own }) => {
    const rows = Math.max(0, ...(own?.rows ?? []).map((one) => one.rows));
    return clientsWithLease === null || rows <= clientsWithLease
      ? []
      : [`${name} ${count(rows)} and ${count(clientsWithLease)}`];
  });
  if (!replicated || more.length === 0) return null;
  return html`<p class="note">
    More rows than clients with a lease: ${more.join(', ')}. A server also stores a lease whose answer then comes late
    or never, and it keeps the row of a lease that was declined or ran out.
  </p>`;
}

function rowsOf(one: TableOfNode, path: string): Cell {
  return one === null ? 'not read' : { shown: count(one.rows), value: one.rows, path: `${path}.rows` };
}

/**
 * A shortened digest. Its first characters suffice to tell digests apart; the element's title has the whole digest.
 */
function digest(one: TableOfNode): Content {
  return one === null
    ? ''
    : html`<code title="SHA-256 of all rows: ${one.digest}">${one.digest.slice(0, 12)}</code>`;
}

function findingsTable(findings: readonly { name: string; finding: Finding }[], omitted: number): Content {
  const columns = ['case', 'finding', 'lease', 'client', 'expected', 'on nodes', 'rows'].map((head) => ({
    head,
  }));
  const rows = findings.map(
    ({ name, finding: { kind, lease, client, identity, detail, nodes, rows: found } }) => [
      name,
      kind,
      html`<code>${lease}</code>`,
      client === null ? '' : clientText(client, identity),
      detail,
      nodes.join(', '),
      rowsText(found, [{ client, identity }]),
    ],
  );
  return [
    table({ label: 'What the audit found', columns, rows }),
    omitted === 0
      ? null
      : html`<p class="note">and ${count(omitted)} more that result.json does not list</p>`,
  ];
}
