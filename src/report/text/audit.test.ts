import { describe, expect, it } from 'vitest';
import { AuditedRun, SEED } from '../../judgement/audit/audit.test-support.js';
import { v4 } from '../../judgement/synthetic.test-support.js';
import { accompanyingLines } from './logs-and-nodes.js';
import { auditLines } from './audit.js';
import { buildResult } from '../result/build.js';
import { FACTS } from '../report.test-support.js';
import { type Result, resultSchema } from '../../results/result.js';
import { terminalReport } from './terminal.js';
import { witnessLines } from '../words/witness-text.js';

function audited(change: (run: AuditedRun) => void = () => undefined): Result {
  const run = new AuditedRun('dhcp4', 2);
  run.run.lease(0, v4(0));
  run.run.ask(1, 0).give(v4(0));
  run.run.ask(1, 1).nak();
  run.run.lease(1, v4(1), { attempt: 2 });
  for (const client of [0, 1]) run.stored(run.row(client, `10.0.0.${client}`));
  change(run);
  return buildResult({ ...FACTS, seed: SEED }, run.judge());
}

describe('the audit in result.json', () => {
  it('fulfils the schema, with its findings', () => {
    const result = audited((run) => {
      run.rows.get('node-2')?.splice(0, 1);
      run.stored(run.row(1, '10.0.0.9', { hardwareAddress: null }), ['node-1']);
    });
    const stored: unknown = JSON.parse(JSON.stringify(result));
    expect(resultSchema.parse(stored)).toEqual(stored);
    expect(result.audit?.counts).toEqual({ differing: 2 });
    expect(result.cases[0]?.audit?.counts).toEqual({ missing: 1, untold: 1 });
  });
});

describe('the audit on screen', () => {
  it('is one line if everything holds', () => {
    expect(auditLines(audited(), 80)).toEqual([
      'every acknowledged lease (2) is on all 3 nodes, 2 rows each, same digest',
    ]);
  });

  it('names each finding with its client and the row on every node', () => {
    const lines = auditLines(
      audited((run) => run.rows.get('node-2')?.splice(0, 1)),
      400,
    );
    expect(lines).toEqual([
      expect.stringMatching(
        /^- differing 10\.0\.0\.0 of client 0 \(id 00[0-9a-f]{24}, hw 02[0-9a-f]{10}\): /,
      ),
      expect.stringMatching(
        /^- dhcp4 missing 10\.0\.0\.0 of client 0 .* by server-1: .*; row on node-1, node-3: 10\.0\.0\.0 of client 0 until 2027-01-15T09:06:40Z; on node-2: none$/,
      ),
    ]);
  });

  it('shows twenty findings, and counts the others', () => {
    const lines = auditLines(
      audited((run) => {
        for (let n = 10; n < 40; n++) run.stored(run.row(0, `10.0.0.${n}`, { clientIdentifier: 'ff' }));
      }),
      400,
    );
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('  and 10 more');
  });

  it('is left out if no lease tables were read', () => {
    const result = { ...audited(), audit: null };
    expect(auditLines(result, 80)).toEqual([]);
    expect(terminalReport(result, { runDirectory: 'x', verbose: true })).not.toContain('Audit');
  });
});

describe('a transaction whose answer may have been lost', () => {
  it('is a witness on screen, and in a result that fulfils the schema', () => {
    const result = audited((run) => {
      run.run.layout.clients = 3;
      run.run.ask(2, 0).timeout();
      run.countersSay([0, 0, 1]);
    });
    const stored: unknown = JSON.parse(JSON.stringify(result));
    expect(resultSchema.parse(stored)).toEqual(stored);
    expect(witnessLines(result, 400)).toEqual([
      expect.stringMatching(
        /^- dhcp4 unanswered DISCOVER-OFFER: client 2 \(id [0-9a-f]+, hw [0-9a-f]+\) by server-3 at 0\.013 s$/,
      ),
    ]);
  });
});

describe('log messages of servers and counters of nodes', () => {
  it('are shown beside the refusals of the same case', () => {
    const result = audited();
    const message = (server: string, count: number) => ({
      server: `dhcp4 ${server}`,
      identifier: 'ALLOC_ENGINE_V4_ALLOC_ERROR',
      severity: 'ERROR',
      count,
      errorCodes: { 1213: count },
    });
    const growth = (failures: number) => ({
      wsrep_last_committed: 100,
      wsrep_local_cert_failures: failures,
      wsrep_local_bf_aborts: 1,
      wsrep_flow_control_paused_ns: 2_500_000,
    });
    const lines = accompanyingLines(
      {
        ...result,
        accompanying: {
          messages: [
            message('server-2', 5),
            { ...message('server-1', 3), readErrorCodes: { 1213: 1 } },
            {
              ...message('server-1', 1),
              identifier: 'DHCP4_MULTI_THREADING_INFO',
              severity: 'WARN',
              errorCodes: {},
            },
          ],
          nodes: [
            { node: 'node-1', growth: growth(4) },
            { node: 'node-2', growth: growth(6) },
          ],
        },
      },
      400,
    );
    expect(lines).toEqual([
      '- dhcp4: answered NAK 1 in REQUEST-ACK; logged ALLOC_ENGINE_V4_ALLOC_ERROR 8 times (database error 1213 in 8, 1 of them for a SELECT), server-2 5, server-1 3',
      '- node-1, node-2: certification failures 4, 6; aborted by replication 1, 1; paused by flow control 2.5, 2.5 ms',
    ]);
  });
});
