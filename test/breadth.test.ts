import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as v4 from '../src/dhcp/v4/index.js';
import * as v6 from '../src/dhcp/v6/index.js';
import type { ServerEvidence } from '../src/evidence/system.js';
import { noCounts, datagramsOf } from '../src/observations/import/capture/file/datagrams.js';
import { Dhcp4Exchange } from '../src/load/exchanges/dhcp4-exchange.js';
import { Dhcp6ExchangeReply } from '../src/load/exchanges/dhcp6-reply.js';
import type { Reply } from '../src/load/exchanges/exchange.js';
import { identityOf } from '../src/load/identities/identities.js';
import { caseOf, RunFiles } from './support/run-files.js';
import { setting } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

const SEED = 7;
const CASES = ['dhcp4', 'dhcp6-ia-na', 'dhcp6-ia-pd', 'dhcp6-ia-na-pd'] as const;
const IAS = { 'dhcp6-ia-na': ['na'], 'dhcp6-ia-pd': ['pd'], 'dhcp6-ia-na-pd': ['na', 'pd'] } as const;

/** Runs three servers on one node, with a few clients that start in groups. */
async function run(workspace: Workspace, settings: Record<string, string | number>, ...more: string[]) {
  const { code, output } = await workspace.run([
    'run',
    'small.yaml',
    ...setting({
      seed: SEED,
      servers: '[{node: 1}, {node: 1}, {node: 1}]',
      'load.arrival': 'burst',
      'load.burstSize': 4,
      'load.clientsPerServer': 12,
      ...settings,
    }),
    ...more,
  ]);
  expect(code, output).toBe(0);
  return RunFiles.only(workspace.cwd, 'small');
}

test('a thread for each case: each client gets its lease, and the parts of the journal are judged as one', async ({
  workspace,
}) => {
  const { result, observations, evidence } = await run(workspace, {
    cases: '[dhcp4, dhcp6-ia-na]',
    'load.threads': 'case',
  });
  expect(result.verdict).toBe('pass');
  for (const name of ['dhcp4', 'dhcp6-ia-na'])
    expect(caseOf(result, name)).toMatchObject({ clients: 36, clientsWithLease: 36, heldConcurrently: 0 });
  // A message and its answer, twice for each client, and more for those that were refused.
  expect(evidence.observations).toBeGreaterThanOrEqual(2 * 36 * 4);
  expect(observations.length).toBe(evidence.observations);
});

test('addresses and prefixes of several subnets: each client gets what it asked for, and both codecs read every datagram alike', async ({
  workspace,
}) => {
  const files = await run(workspace, { cases: `[${CASES.join(', ')}]`, 'load.relays': 2 }, '--capture');
  const { result } = files;
  expect(result.verdict).toBe('pass');
  for (const name of CASES) {
    const one = caseOf(result, name);
    expect(one).toMatchObject({
      clients: 36,
      clientsWithLease: 36,
      heldConcurrently: 0,
      overlappingLeases: 0,
    });
    const each = name === 'dhcp6-ia-na-pd' ? 2 : 1;
    expect(one.audit).toMatchObject({ acknowledged: each * 36, rows: [{ rows: each * 36 }] });
    expect(one.phases).toHaveLength(2 * each);
  }
  // Half of the clients of each case use the second relay, whose subnet has an id of its own.
  for (const [table, ids] of [
    ['lease4', [4, 104]],
    ['lease6', [61, 62, 63, 161, 162, 163]],
  ] as const) {
    const [columns = [], ...rows] = files
      .text(join('lease-rows', `node-1.${table}.jsonl`))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown[]);
    const counts = new Map<unknown, number>();
    for (const row of rows) {
      const id = row[columns.indexOf('subnet_id')];
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([...ids].sort());
    for (const id of ids) expect(counts.get(id)).toBe(id % 100 === 63 ? 36 : 18);
  }

  expectSameByBothCodecs(join(files.path, 'capture.pcap'));
});

test('if every server sees every message, only the named server answers, and a client has one lease', async ({
  workspace,
}) => {
  const files = await run(workspace, {
    cases: '[dhcp4, dhcp6-ia-na]',
    'load.fanout': 'all',
    'load.clientsPerServer': 36,
  });
  const { servers = [] } = files.evidence.system ?? {};
  for (const name of ['dhcp4', 'dhcp6-ia-na']) {
    const one = caseOf(files.result, name);
    expect(one).toMatchObject({ clients: 36, clientsWithLease: 36, heldConcurrently: 0 });
    const [first, second] = one.phases;
    expect(first?.firstAttempt.requests).toBe(3 * 36);
    expect(second).toMatchObject({ wrongServer: 0, withoutOffer: 0, firstAttempt: { requests: 36 } });
    expect(one.audit).toMatchObject({ counts: {}, acknowledged: 36 });
    // Kea's own counters say so: all servers saw every REQUEST, and only the named one processed it.
    const prefix = name === 'dhcp4' ? 'pkt4' : 'pkt6';
    const requests = second?.allAttempts?.requests ?? 0;
    const its = servers.filter((server) => server.name.startsWith(`${name} `));
    expect(its.map((server) => grown(server, `${prefix}-request-received`))).toEqual([
      requests,
      requests,
      requests,
    ]);
    const dropped = its.reduce((sum, server) => sum + grown(server, `${prefix}-receive-drop`), 0);
    expect(dropped).toBe(2 * requests);
  }
});

test('with rapid commit the answer to the SOLICIT gives the lease, each to one client', async ({
  workspace,
}) => {
  const { result } = await run(workspace, {
    cases: '[dhcp6-ia-na, dhcp6-ia-na-pd]',
    'load.rapidCommit': 'true',
  });
  for (const one of result.cases) {
    expect(one).toMatchObject({ clients: 36, clientsWithLease: 36, heldConcurrently: 0 });
    expect(new Set(one.phases.map(({ name, committing }) => `${name} ${committing}`))).toEqual(
      new Set(['SOLICIT-REPLY true']),
    );
    for (const { allAttempts } of one.phases) expect(allAttempts?.duplicateLeases).toBe(0);
  }
});

function grown({ before, after }: ServerEvidence, counter: string): number {
  if (!('seen' in before) || !('seen' in after)) throw new Error(`no counters for ${counter}`);
  return (after.seen[counter] ?? 0) - (before.seen[counter] ?? 0);
}

/**
 * Compares all fields that the engine uses, of each datagram from a server, as read by the lean reader and the full
 * decoder.
 */
function expectSameByBothCodecs(capture: string): void {
  expect(readFileSync(capture).length).toBeGreaterThan(0);
  const read = { dhcp4: 0, lean6: 0, both: 0 };
  for (const { datagram } of datagramsOf(capture, noCounts(), false)) {
    const { payload, family } = datagram;
    if (family === 4 && payload[0] === v4.OP.bootReply) read.dhcp4 += compare4(payload);
    if (family === 6 && payload[0] === v6.MESSAGE_TYPE.relayReply) {
      for (const kinds of Object.values(IAS)) {
        const [lean, whole] = [new Dhcp6ExchangeReply(kinds), new Dhcp6ExchangeReply(kinds)];
        lean.read(payload);
        whole.readWhole(payload);
        expect(told(lean)).toEqual(told(whole));
        expect([...lean.serverDuid]).toEqual([...whole.serverDuid]);
        if (lean.full === undefined) read[kinds.length === 2 ? 'both' : 'lean6']++;
      }
    }
  }
  // There is at least an offer and an ACK for each client. The lean reader takes nearly all of them.
  expect(read.dhcp4).toBeGreaterThanOrEqual(2 * 36);
  expect(read.lean6).toBeGreaterThanOrEqual(2 * 2 * 36);
  expect(read.both).toBeGreaterThanOrEqual(36);
}

/** Returns 1 if the lean reader took the message, else 0. */
function compare4(payload: Uint8Array): number {
  const lean = new v4.LeanReply();
  if (!lean.read(payload)) return 0;
  const whole = v4.readReply(v4.decodeMessage(payload));
  const of = ({ messageType, xid, yiaddr, serverIdentifier }: typeof lean | typeof whole, time: number) => ({
    messageType,
    xid,
    yiaddr: [...yiaddr],
    serverIdentifier: [...serverIdentifier],
    time,
  });
  expect(of(lean, lean.leaseTime)).toEqual(of(whole, whole.leaseTime ?? 0));
  const exchange = new Dhcp4Exchange('127.0.0.1').read(payload);
  expect(exchange.id).toBe(whole.xid);
  const owner = Buffer.from(whole.clientIdentifier ?? []).readUInt32BE(9);
  for (const client of [owner, owner + 1]) {
    const identity = identityOf(SEED, CASES.indexOf('dhcp4'), client);
    expect(lean.isFor(identity)).toBe(client === owner);
    expect(exchange.isFor(identity)).toBe(client === owner);
  }
  return 1;
}

const IDENTITIES = CASES.flatMap((_, caseIndex) =>
  Array.from({ length: 36 }, (_client, client) => identityOf(SEED, caseIndex, client)),
);

function told(reply: Reply) {
  const { id, answer, kind, isRapid, parts } = reply;
  return {
    id,
    answer,
    kind,
    isRapid,
    parts: parts.map(({ leaseType, kind: what, lease, prefixLength, validLifetime, statusCode }) => {
      return { leaseType, what, lease: [...lease], prefixLength, validLifetime, statusCode };
    }),
    isFor: IDENTITIES.flatMap((identity, index) => (reply.isFor(identity) ? [index] : [])),
  };
}
