import type { AssociationKind } from '../../../protocol/cases.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v6 from '../../../dhcp/v6/index.js';
import { Traffic } from './traffic.test-support.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'correlate-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const traffic = () => new Traffic(directory);

const MULTICAST = { address: 'ff02::1:2', port: 547 };
const LINK_LOCAL = { address: 'fe80::c', port: 546 };
const SERVER6 = { address: 'fe80::5', port: 547 };
const who = (n: number) => ({ duid: Uint8Array.of(0, 4, 9, 9, 9, n), iaid: n });

function solicit(n: number, xid: number, ias: readonly AssociationKind[], rapidCommit = false): Uint8Array {
  return v6.encodeMessage(v6.solicit({ xid, identity: who(n), ias, rapidCommit }));
}

function reply(
  n: number,
  xid: number,
  messageType: 2 | 7,
  leases: readonly string[],
  rapid = false,
): Uint8Array {
  const lifetimes = { preferredLifetime: 3_000, validLifetime: 4_000, options: [] };
  return v6.encodeMessage({
    kind: 'client-server',
    messageType,
    xid,
    options: [
      { type: 'client-id', duid: who(n).duid },
      { type: 'server-id', duid: Uint8Array.of(0, 4, 1) },
      ...(rapid ? [{ type: 'rapid-commit' as const }] : []),
      ...leases.map((lease): v6.ClientServerOption =>
        lease.includes('/')
          ? {
              type: 'ia-pd',
              iaid: who(n).iaid,
              t1: 0,
              t2: 0,
              options: [{ type: 'ia-prefix', ...v6.parsePrefix(lease), ...lifetimes }],
            }
          : {
              type: 'ia-na',
              iaid: who(n).iaid,
              t1: 0,
              t2: 0,
              options: [{ type: 'ia-address', address: v6.parseIpv6(lease), ...lifetimes }],
            },
      ),
    ],
  });
}

describe('DHCPv6 messages in a capture', () => {
  it('are of the case that they ask for, and an IA without an answer is refused', () => {
    const seen = traffic()
      .say(LINK_LOCAL, MULTICAST, solicit(1, 7, ['na']))
      .say(SERVER6, LINK_LOCAL, reply(1, 7, 2, ['2001:db8::1']))
      .say(LINK_LOCAL, MULTICAST, solicit(1, 8, ['pd']))
      .say(SERVER6, LINK_LOCAL, reply(1, 8, 2, ['2001:db8:8::/56']))
      .say(LINK_LOCAL, MULTICAST, solicit(2, 9, ['na', 'pd']))
      .say(SERVER6, LINK_LOCAL, reply(2, 9, 2, ['2001:db8::2']));
    const { layout } = seen.imported();
    expect(layout.cases.map(({ name, leaseType }) => [name, leaseType])).toEqual([
      ['dhcp6-ia-na', 'address'],
      ['dhcp6-ia-pd', 'prefix'],
      ['dhcp6-ia-na-pd', 'address'],
    ]);
    expect(seen.told()).toEqual([
      'sent 0 fe80::5',
      'lease 0 fe80::5 2001:db8::1',
      'sent 0 fe80::5',
      'lease 0 fe80::5 2001:db8:8::',
      'sent 0 fe80::5',
      'lease 0 fe80::5 2001:db8::2',
      'no-lease 0 fe80::5',
    ]);
  });

  it('commit at once only if both sides send rapid commit', () => {
    const seen = traffic()
      .say(LINK_LOCAL, MULTICAST, solicit(1, 7, ['na'], true))
      .say(SERVER6, LINK_LOCAL, reply(1, 7, 7, ['2001:db8::1'], true))
      .say(LINK_LOCAL, MULTICAST, solicit(2, 8, ['na']))
      .say(SERVER6, LINK_LOCAL, reply(2, 8, 7, ['2001:db8::2']));
    expect([...seen.imported().observations()].map(({ phase }) => phase).slice(0, 3)).toEqual([
      'SOLICIT-REPLY',
      'SOLICIT-REPLY',
      'SOLICIT-ADVERTISE',
    ]);
    expect(seen.told()[3]).toBe('unmatched -1 fe80::5 2001:db8::2');
  });

  it('for another client are no answer', () => {
    const seen = traffic()
      .say(LINK_LOCAL, MULTICAST, solicit(1, 7, ['na']))
      .say(SERVER6, LINK_LOCAL, reply(2, 7, 2, ['2001:db8::1']));
    expect(seen.told()).toEqual([
      'sent 0 fe80::5',
      'wrong-client 0 fe80::5 2001:db8::1',
      'unmatched -1 fe80::5 2001:db8::1',
    ]);
  });

  it('are recognised on any port by their structure', () => {
    const [from, to] = [
      { ...LINK_LOCAL, port: 40_000 },
      { ...SERVER6, port: 40_001 },
    ];
    const noise = Uint8Array.from({ length: 80 }, (_, i) => (i === 0 ? 1 : (i * 37) & 0xff));
    const seen = traffic()
      .say(from, to, noise)
      .say(from, to, solicit(1, 7, ['na']));
    expect(seen.told()).toEqual(['sent 0 fe80::5 port 40001']);
  });

  it('that can’t be read are malformed from a known server, and on a port that is given', () => {
    const [from, to] = [
      { ...LINK_LOCAL, port: 40_000 },
      { ...SERVER6, port: 40_001 },
    ];
    const broken = reply(1, 7, 2, ['2001:db8::1']).subarray(0, 30);
    const asked = traffic()
      .say(from, to, solicit(1, 7, ['na']))
      .say(to, from, broken);
    expect(asked.told()).toEqual(['sent 0 fe80::5 port 40001', 'malformed 0 fe80::5 port 40001']);
    const before = traffic()
      .say(from, to, broken)
      .say(from, to, solicit(1, 7, ['na']));
    expect(before.imported().missing).toEqual([]);
    expect(before.imported({ ports: [40_001] }).missing.join()).toContain('answers could not be read: 1');
  });
});
