import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import { Traffic } from '../../observations/import/capture/traffic.test-support.js';
import type { Result } from '../../results/result.js';
import { judgeImported } from './imported-source.js';

/** Whether servers take two identities for one client or for two depends on Kea's `match-client-id`. */

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'match-client-id-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const SERVER = { address: '10.0.0.1', port: 67 };
const CLIENT = { address: '0.0.0.0', port: 68 };
const LINK = { address: '255.255.255.255', port: 67 };
const LEASE = '10.0.1.77';

const identity = (hardware: number, identifier: number): v4.Dhcp4Identity => ({
  hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, hardware),
  clientIdentifier: Uint8Array.of(0, 1, 2, identifier),
});

/** Both clients are given the same address, one after the other. */
function judged(clients: readonly v4.Dhcp4Identity[], matchClientId: boolean | undefined): Result {
  const traffic = new Traffic(directory);
  for (const [xid, one] of clients.entries()) {
    const offer = { yiaddr: v4.parseIpv4(LEASE), serverIdentifier: v4.parseIpv4(SERVER.address) };
    const request = v4.request({ xid, identity: one, offer });
    const ack = new Map([
      [v4.OPTION.messageType, Uint8Array.of(v4.MESSAGE_TYPE.ack)],
      [v4.OPTION.serverIdentifier, v4.parseIpv4(SERVER.address)],
      [v4.OPTION.leaseTime, Uint8Array.of(0, 0, 14, 16)],
    ]);
    traffic.say(CLIENT, LINK, v4.encodeMessage(request)).say(
      SERVER,
      CLIENT,
      v4.encodeMessage({
        ...request,
        op: v4.OP.bootReply,
        yiaddr: v4.parseIpv4(LEASE),
        options: ack,
      }),
    );
  }
  return judgeImported(traffic.imported({ matchClientId }), []);
}

describe.each([undefined, true])('with match-client-id %s', (matchClientId) => {
  it('two identifiers at one hardware address are two clients', () => {
    const result = judged([identity(1, 1), identity(1, 2)], matchClientId);
    expect(result).toMatchObject({ verdict: 'fail', cases: [{ clients: 2, heldConcurrently: 1 }] });
    expect(result.cases[0]?.witnesses[0]).toMatchObject({ shared: ['hardware address'] });
  });

  it('one identifier at two hardware addresses is one client', () => {
    expect(judged([identity(1, 1), identity(2, 1)], matchClientId)).toMatchObject({
      verdict: 'pass',
      cases: [{ clients: 1, heldConcurrently: 0 }],
    });
  });
});

describe('without match-client-id', () => {
  it('two identifiers at one hardware address are one client', () => {
    expect(judged([identity(1, 1), identity(1, 2)], false)).toMatchObject({
      verdict: 'pass',
      cases: [{ clients: 1, heldConcurrently: 0 }],
    });
  });

  it('one identifier at two hardware addresses is two clients', () => {
    expect(judged([identity(1, 1), identity(2, 1)], false)).toMatchObject({
      verdict: 'fail',
      cases: [{ clients: 2, heldConcurrently: 1 }],
    });
  });
});
