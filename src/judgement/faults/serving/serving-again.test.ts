import { describe, expect, it } from 'vitest';
import type { Death } from '../../../evidence/evidence.js';
import type { FaultEvidence } from '../../../evidence/faults.js';
import { AuditedRun } from '../../audit/audit.test-support.js';
import { LIMITS, v4 } from '../../synthetic.test-support.js';
import { CUT, evidence, primary, S } from '../faults.test-support.js';

/**
 * A run in which node-2 is cut off and connected again at 21 s. Clients of its server ask in vain at these seconds.
 *
 * @param servedAtS when the server gives a lease, if it does
 */
function asked(atS: readonly number[], servedAtS?: number): AuditedRun {
  const audited = new AuditedRun('dhcp4', 30);
  const all = [
    ...atS.map((s) => ({ s, inVain: true })),
    ...(servedAtS === undefined ? [] : [{ s: servedAtS, inVain: false }]),
  ];
  for (const [index, { s, inVain }] of all.sort((one, other) => one.s - other.s).entries()) {
    const client = 1 + 3 * index;
    if (inVain) audited.run.at(s * S).ask(client, 0);
    else audited.run.at(s * S).lease(client, v4(client));
  }
  return audited;
}

const READY = [1, 2, 3].map((node) => primary(node, [1, 2, 3], 0, 60));

interface Situation {
  fault?: Partial<FaultEvidence>;
  more?: readonly FaultEvidence[];
  deaths?: readonly Death[];
  nodeStates?: typeof READY;
  scenario?: object;
}

function checkOf(
  run: AuditedRun,
  { fault = {}, more = [], deaths = [], nodeStates = READY, scenario }: Situation = {},
) {
  const given = evidence({ deaths }, fault, nodeStates);
  const faults = { loadBeganAtUs: 0, nodeStates, faults: [...(given.faults?.faults ?? []), ...more] };
  const judged = run.judge({}, { ...given, faults }, { scenario: { limits: LIMITS, ...scenario } });
  return judged.checks.find(({ name }) => name === 'faults.servedAgain');
}

describe('after its fault, a server', () => {
  it('may be silent for as much longer as its links were cut, for connections send again ever more rarely', () => {
    const lacking = { nodes: [], database: ['dhcp4 server-2'], clients: [] };
    const cut = { fault: 'partition', on: 'node-2 | server-2', targets: lacking.database, lacking };
    // It was cut off for 11 s.
    expect(checkOf(asked([22, 25, 41]), { fault: cut })).toBeUndefined();
    expect(checkOf(asked([22, 25, 43]), { fault: cut })).toMatchObject({ verdict: 'fail' });
    expect(checkOf(asked([22, 25, 41], 42), { fault: cut })).toMatchObject({ verdict: 'pass' });
    // Messages of clients are lost one by one.
    const ofClients = { ...lacking, database: [], clients: ['dhcp4 server-2'] };
    const lost = { ...cut, fault: 'lose', lacking: ofClients };
    expect(checkOf(asked([22, 25, 32]), { fault: lost })).toMatchObject({ verdict: 'fail' });
  });

  it('serves again if it gives a lease', () => {
    expect(checkOf(asked([22, 25, 32], 33))).toMatchObject({ verdict: 'pass', count: { found: 0, of: 1 } });
  });

  it('serves again if it gives a lease while the fault is being undone', () => {
    expect(checkOf(asked([22, 32], 20.5))?.verdict).toBe('pass');
  });

  it('fails if clients ask it in vain for ten seconds', () => {
    expect(checkOf(asked([22, 25, 31]))).toMatchObject({ verdict: 'fail', count: { found: 1, of: 1 } });
  });

  it('may take as long as it waits between two attempts to connect', () => {
    const scenario = { kea: { leaseDatabase: { reconnectWaitTime: 5_000 } } };
    expect(checkOf(asked([22, 35]), { scenario })).toBeUndefined();
    expect(checkOf(asked([22, 36]), { scenario })?.verdict).toBe('fail');
  });

  it('need not serve before its node is ready', () => {
    const joining = [{ ...primary(2, [1, 2, 3], 21, 26), state: 'Joined' }, primary(2, [1, 2, 3], 26, 60)];
    expect(checkOf(asked([22, 35]), { nodeStates: joining })).toBeUndefined();
    expect(checkOf(asked([22, 36]), { nodeStates: joining })?.verdict).toBe('fail');
  });

  it('is not judged if nobody asks it long enough', () => {
    expect(checkOf(asked([22, 30]))).toBeUndefined();
  });

  it('is not judged once another fault concerns it', () => {
    const other = {
      ...CUT,
      on: 'node-3',
      targets: ['node-3'],
      beganAtUs: 25 * S,
      undoBeganAtUs: 60 * S,
      undoneAtUs: 61 * S,
    };
    expect(checkOf(asked([22, 40]), { more: [other] })).toBeUndefined();
  });

  it('is judged though another server has a fault', () => {
    const other = {
      ...CUT,
      on: 'server-1',
      targets: ['dhcp4 server-1'],
      beganAtUs: 25 * S,
      undoneAtUs: 61 * S,
    };
    expect(checkOf(asked([22, 40]), { more: [other] })?.verdict).toBe('fail');
  });

  it('may have ended, which is told in another way', () => {
    const ended: Death = {
      kind: 'server',
      name: 'dhcp4 server-2',
      atUs: 12 * S,
      how: 'exit code 1',
      fault: 0,
      lastLines: [],
    };
    expect(checkOf(asked([22, 40]), { deaths: [ended] })).toBeUndefined();
    // It was started again before this fault.
    expect(checkOf(asked([22, 40]), { deaths: [{ ...ended, atUs: 5 * S }] })?.verdict).toBe('fail');
  });

  it('may be silent as its pool is meant to be full', () => {
    expect(checkOf(asked([22, 40]), { scenario: { load: { beyondPool: true } } })).toBeUndefined();
  });
});
