import type { CaseResult } from '../../results/case.js';

type Witness = CaseResult['witnesses'][number];
type Rows = NonNullable<Witness['rows']>;
type Row = NonNullable<Rows[number]['row']>;
type Identity = NonNullable<Witness['holders'][number]['identity']>;

/** A client that the text has already identified to the reader. */
export interface NamedClient {
  client: number | null;
  identity?: Identity | null | undefined;
}

/** Whether clients have numbers that a reader may know. Clients of recorded exchanges have none. */
export type Numbered = 'numbered' | 'unnumbered';

/**
 * Such as `client 5 (id 00f2…, hw 0200…)`, `client 5 of dhcp6-ia-pd (DUID 0004…, IAID 7)`, `client (hw 0200…)`.
 *
 * @param of the case of the client, if the context does not already tell it
 */
export function clientText(
  client: number,
  identity: Identity | null | undefined,
  of?: string,
  numbered: Numbered = 'numbered',
): string {
  const isNamed = identity !== null && identity !== undefined;
  const number = numbered === 'unnumbered' && isNamed ? '' : ` ${client}`;
  const text = `client${number}${of === undefined ? '' : ` of ${of}`}`;
  return isNamed ? `${text} (${identityText(identity)})` : text;
}

/**
 * The row on every node. Nodes with the same row are named together: `row on node-1, node-2: 192.0.2.7 of client 5
 * until 2026-11-23T03:41:37Z; on node-3: none`.
 *
 * @param named clients whose identity the text has already shown, so that the number of the client is enough
 */
export function rowsText(rows: Rows, named: readonly NamedClient[]): string {
  const parts = rowsByNode(rows, named).map(({ text, nodes }) => `on ${nodes.join(', ')}: ${text}`);
  return parts.length === 0 ? '' : `row ${parts.join('; ')}`;
}

/** The texts of the rows, each with the nodes that have it, in the order of the nodes. */
export function rowsByNode(
  rows: Rows,
  named: readonly NamedClient[],
): { text: string; nodes: readonly string[] }[] {
  const nodes = new Map<string, string[]>();
  for (const { node, row } of rows) {
    const text = row === null ? 'none' : rowText(row, named);
    nodes.set(text, [...(nodes.get(text) ?? []), node]);
  }
  return [...nodes].map(([text, names]) => ({ text, nodes: names }));
}

function rowText(row: Row, named: readonly NamedClient[]): string {
  const lease = row.leaseType === 'prefix' ? `${row.address}/${row.prefixLength}` : row.address;
  const until = row.expire === null ? 'without expiry' : `until ${iso(row.expire)}`;
  return `${lease} of ${ownerText(row, named)} ${until}${row.state === 0 ? '' : `, state ${row.state}`}`;
}

function ownerText(row: Row, named: readonly NamedClient[]): string {
  const owner = identityText(
    row.duid === null
      ? { clientIdentifier: row.clientIdentifier ?? 'none', hardwareAddress: row.hardwareAddress ?? 'none' }
      : { duid: row.duid, iaid: row.iaid ?? 0 },
  );
  const known = named.find(({ identity }) => identity && identityText(identity) === owner);
  return known?.client === undefined || known.client === null ? owner : `client ${known.client}`;
}

function identityText(identity: Identity): string {
  if ('identifier' in identity) return identity.identifier;
  if ('duid' in identity) return `DUID ${identity.duid}, IAID ${identity.iaid}`;
  const { clientIdentifier, hardwareAddress } = identity;
  return [clientIdentifier === '' ? '' : `id ${clientIdentifier}`, `hw ${hardwareAddress}`]
    .filter((text) => text !== '')
    .join(', ');
}

function iso(unixS: number): string {
  return new Date(unixS * 1_000).toISOString().replace('.000Z', 'Z');
}
