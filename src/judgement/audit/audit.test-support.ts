import type { Evidence } from '../../evidence/evidence.js';
import { createHash } from 'node:crypto';
import type { Finding, LeaseRow } from '../../results/audit.js';
import type { Check } from '../../results/check.js';
import type { Judgement } from '../../results/judgement.js';
import type { AuditInput } from './input.js';
import type { LeaseTableName, ServerEvidence, SystemEvidence } from '../../evidence/system.js';
import { identityOf } from '../../load/identities/identities.js';
import type { JudgeInput } from '../judge.js';
import { NOTHING_WRONG, SyntheticRun, v4 } from '../synthetic.test-support.js';

export const SEED = 7;
export const NODES = ['node-1', 'node-2', 'node-3'];
/** The time zero of the made-up run: 2027-01-15T08:00:00Z. */
export const ZERO_UNIX_S = 1_800_000_000;
export const LIFETIME_S = 4000;

const SUBNETS: SystemEvidence['subnets'] = [
  { case: 'dhcp4', id: 4, pool: { first: '10.0.0.0', last: '10.0.255.255' } },
  { case: 'dhcp6-ia-na', id: 61, pool: { first: '2001:db8::', last: '2001:db8::ffff' } },
  {
    case: 'dhcp6-ia-pd',
    id: 62,
    prefixPool: { prefix: '2001:db8::', length: 33, delegatedLength: 64 },
  },
  {
    case: 'dhcp6-ia-na-pd',
    id: 63,
    pool: { first: '2001:db8::', last: '2001:db8::ffff' },
    prefixPool: { prefix: '2001:db8:4000::', length: 34, delegatedLength: 64 },
  },
];

/** A made-up run, with the lease tables as they were read through each node. */
export class AuditedRun {
  readonly run: SyntheticRun;
  readonly rows = new Map<string, LeaseRow[]>(NODES.map((node) => [node, []]));
  readonly system: SystemEvidence;

  constructor(name: string, clients: number) {
    this.run = new SyntheticRun({ name, clients });
    const digestNow = (node: string, table: LeaseTableName) => ({
      get seen() {
        return tableOf(name) === table ? evidenceOf(rowsOf(node)) : evidenceOf([]);
      },
    });
    const rowsOf = (node: string): LeaseRow[] => this.rows.get(node) ?? [];
    const readAtUs = 60_000_000;
    this.system = {
      replicated: true,
      clock: {
        start: { atUs: 0, unixUs: ZERO_UNIX_S * 1e6 },
        end: { atUs: readAtUs, unixUs: ZERO_UNIX_S * 1e6 + readAtUs },
      },
      subnets: SUBNETS,
      nodes: NODES.map((node) => ({
        name: node,
        before: { seen: {} },
        after: { seen: {} },
        leases: { lease4: digestNow(node, 'lease4'), lease6: digestNow(node, 'lease6') },
      })),
      servers: ['server-1', 'server-2', 'server-3'].map((server, index): ServerEvidence => ({
        name: `${name} ${server}`,
        node: NODES[index] ?? '',
        before: { failed: 'not asked' },
        after: { failed: 'not asked' },
        log: { seen: [] },
      })),
      settling: { settled: true, afterMs: 0, nodes: [] },
    };
    this.countersSay();
  }

  /** A row as Kea writes it for the client. */
  row(client: number, address: string, more: Partial<LeaseRow> = {}): LeaseRow {
    const { clientIdentifier, hardwareAddress, duid, iaid } = identityOf(SEED, 0, client);
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
    const { name } = this.run.layout;
    const isV4 = name === 'dhcp4';
    return {
      address,
      leaseType: name === 'dhcp6-ia-pd' ? 'prefix' : 'address',
      prefixLength: isV4 ? 32 : name === 'dhcp6-ia-pd' ? 64 : 128,
      subnet: SUBNETS.find((one) => one.case === name)?.id ?? 0,
      state: 0,
      expire: ZERO_UNIX_S + LIFETIME_S,
      validLifetime: LIFETIME_S,
      hardwareAddress: isV4 ? hex(hardwareAddress) : null,
      clientIdentifier: isV4 ? hex(clientIdentifier) : null,
      duid: isV4 ? null : hex(duid),
      iaid: isV4 ? null : iaid,
      ...more,
    };
  }

  /** Puts the row on every node, or on the named nodes. */
  stored(row: LeaseRow, nodes: readonly string[] = NODES): this {
    for (const node of nodes) this.rows.get(node)?.push(row);
    return this;
  }

  /** Sets Kea's statistics. Each server says that it sent what arrived, plus its number in `more`. */
  countersSay(more: readonly number[] = [0, 0, 0]): this {
    const received = (server: number): number =>
      this.run.observations.filter(
        (one) =>
          one.type === 'answer' && one.fromServer === server && one.leaseType === this.run.layout.leaseType,
      ).length;
    this.system.servers.forEach((server, index) => {
      const name = this.run.layout.name === 'dhcp4' ? 'pkt4-offer-sent' : 'pkt6-advertise-sent';
      const replies = this.run.layout.name === 'dhcp4' ? 'pkt4-ack-sent' : 'pkt6-reply-sent';
      const half = (): number => received(index) / 2;
      Object.assign(server, {
        before: { seen: { [name]: 100, [replies]: 50 } },
        after: {
          get seen() {
            return { [name]: 100 + half() + (more[index] ?? 0), [replies]: 50 + half() };
          },
        },
      });
    });
    return this;
  }

  judge(
    system: Partial<SystemEvidence> = {},
    evidence: Partial<Evidence> = {},
    {
      offerLifetime,
      matchClientId,
      ...input
    }: Pick<AuditInput, 'offerLifetime' | 'matchClientId'> & Partial<JudgeInput> = {},
  ): Judgement {
    const whole = { ...this.system, ...system };
    return this.run.judge({
      ...input,
      evidence: { ...NOTHING_WRONG, ...evidence, system: whole },
      audit: {
        system: whole,
        seed: SEED,
        offerLifetime,
        matchClientId,
        rows: (node, table) =>
          tableOf(this.run.layout.name) === table
            ? (this.rows.get(node) ?? []).map((row) => ({
                row,
                line: JSON.stringify(Object.values(row)),
                columns: Object.keys(row),
              }))
            : [],
      },
    });
  }
}

/** Three clients, each with a lease of its own, and each lease on every node. */
export function sound(): AuditedRun {
  const audited = new AuditedRun('dhcp4', 3);
  for (let client = 0; client < 3; client++) {
    audited.run.lease(client, v4(client));
    audited.stored(audited.row(client, `10.0.0.${client}`));
  }
  return audited;
}

export function findingsOf({ audit, cases }: Judgement): Finding[] {
  return [...(audit?.findings ?? []), ...cases.flatMap((one) => one.audit?.findings ?? [])];
}

/** The checks that don't hold, by name. */
export function broken({ checks }: Judgement): [string, Check['verdict']][] {
  return checks.filter(({ verdict }) => verdict !== 'pass').map(({ name, verdict }) => [name, verdict]);
}

function tableOf(name: string): LeaseTableName {
  return name === 'dhcp4' ? 'lease4' : 'lease6';
}

function evidenceOf(rows: readonly LeaseRow[]) {
  const digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  return { file: '', rows: rows.length, digest };
}
