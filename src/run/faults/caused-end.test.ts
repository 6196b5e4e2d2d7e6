import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultsEvidence } from '../../evidence/faults.js';
import type { Scenario } from '../../scenario/schema.js';
import { faultThatEnded } from './caused-end.js';

const said = (second: number, what: string): string =>
  `2026-11-27 15:00:${String(second).padStart(2, '0')}.000 INFO  [kea-dhcp4.dhcp4/6536.1403] DHCP4_${what}\n`;
const gaveUpAt = (second: number): string =>
  said(0, 'STARTED Kea DHCPv4 server version 2.2.0 started') +
  said(second, 'DB_RECONNECT_LOST_CONNECTION database connection lost.') +
  said(second, 'DB_RECONNECT_DISABLED database reconnect is disabled') +
  said(second, 'SHUTDOWN server shutdown');
const NOT_OPENED =
  said(20, 'STARTING Kea DHCPv4 server version 2.2.0 (stable) starting') +
  said(20, 'CONFIG_LOAD_FAIL configuration error, reason: Unable to open database: refused');

const began = Date.parse('2026-11-27T15:00:00Z');
const fault = (
  on: string,
  fromS: number | null,
  untilS: number | null,
): FaultsEvidence['faults'][number] => ({
  fault: 'kill',
  on,
  targets: [on],
  planned: { at: '', undo: '' },
  beganAtUs: fromS === null ? null : fromS * 1e6,
  doneAtUs: null,
  undoBeganAtUs: null,
  undoneAtUs: untilS === null ? null : untilS * 1e6,
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'caused-end-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

async function cause(
  log: string,
  faults: FaultsEvidence['faults'],
  more: { exitCode?: number; leaseDatabase?: Scenario['kea']['leaseDatabase'] } = {},
): Promise<number | undefined> {
  const logFile = join(directory, 'log');
  writeFileSync(logFile, log);
  const server = {
    name: 'dhcp4 server-2',
    needs: ['node-2'],
    ending: { exitCode: more.exitCode ?? 1 },
    logFile,
  };
  const evidence = { loadBeganAtUs: 0, faults, nodeStates: [] };
  return faultThatEnded(server, evidence, more.leaseDatabase, (ms) => (ms - began) * 1_000);
}

describe('a fault has ended a server', () => {
  const ofNode = fault('node-2', 5, 10);

  it('that gave up after it lost its database during the fault', async () => {
    expect(await cause(gaveUpAt(6), [ofNode])).toBe(0);
    // The log's time is cut off to milliseconds, or its clock is a little behind.
    expect(await cause(gaveUpAt(6), [fault('node-2', 6.0005, null)])).toBe(0);
  });

  it('whether the node was its own or another one, its own first', async () => {
    expect(await cause(gaveUpAt(6), [fault('node-1', 5, null)])).toBe(0);
    expect(await cause(gaveUpAt(8), [ofNode, fault('node-1', 7, null)])).toBe(0);
    expect(await cause(gaveUpAt(8), [fault('node-1', 5, null), fault('node-3', 7, null)])).toBe(1);
  });

  it('that was cut off from its node, and from nobody else', async () => {
    const cut = { ...fault('dhcp4 server-2', 5, null), fault: 'partition' };
    const lacking = { nodes: [], database: [], clients: [] };
    const by = (lacks: object) => cause(gaveUpAt(6), [{ ...cut, lacking: { ...lacking, ...lacks } }]);
    expect(await by({ database: ['dhcp4 server-2'] })).toBe(0);
    expect(await by({ nodes: ['node-3'] })).toBe(0);
    expect(await by({ database: ['dhcp4 server-1'] })).toBeUndefined();
    expect(await by({ clients: ['dhcp4 server-2'] })).toBeUndefined();
  });

  it('that did not get its database when it was started', async () => {
    const log = gaveUpAt(6) + NOT_OPENED;
    expect(await cause(log, [fault('node-2', 5, null)])).toBe(0);
    const leaseDatabase = { onFail: 'serve-retry-continue' as const };
    expect(await cause(log, [fault('node-2', 5, null)], { leaseDatabase })).toBe(0);
  });
});

describe('no fault has ended a server', () => {
  const active = fault('node-2', 5, null);

  it('that somebody ended in order, or that has its database', async () => {
    expect(await cause(gaveUpAt(6), [active], { exitCode: 0 })).toBeUndefined();
    const back = said(7, 'DB_RECONNECT_SUCCEEDED database connection recovered.');
    expect(await cause(gaveUpAt(6) + back, [active])).toBeUndefined();
    expect(await cause(said(0, 'STARTED started'), [active])).toBeUndefined();
  });

  it('that may not end without its database', async () => {
    const stays = { onFail: 'serve-retry-continue' as const };
    expect(await cause(gaveUpAt(6), [active], { leaseDatabase: stays })).toBeUndefined();
    const tries = { ...stays, retryOnStartup: true };
    expect(await cause(NOT_OPENED, [active], { leaseDatabase: tries })).toBeUndefined();
  });

  it('that lost its database before any fault of a node, or long after', async () => {
    expect(await cause(gaveUpAt(4), [active])).toBeUndefined();
    expect(await cause(gaveUpAt(25), [fault('node-2', 5, 10)])).toBeUndefined();
    expect(await cause(gaveUpAt(6), [fault('node-2', null, null)])).toBeUndefined();
    expect(await cause(gaveUpAt(6), [fault('dhcp4 server-2', 5, null)])).toBeUndefined();
  });
});
