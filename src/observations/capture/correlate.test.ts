import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import * as v6 from '../../dhcp/v6/index.js';
import type { Observation } from '../model.js';
import { ipPacket, pcapFile, type IpPacket } from './capture.test-support.js';
import { importCapture } from './import.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'correlate-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const BROADCAST = { address: '255.255.255.255', port: 67 };
const CLIENT = { address: '0.0.0.0', port: 68 };
const A = { address: '10.0.0.1', port: 67 };
const B = { address: '10.0.0.2', port: 67 };
const RELAY = { address: '10.0.9.1', port: 67 };

type Place = typeof A;

/** Datagrams a millisecond apart. */
class Traffic {
  readonly packets: IpPacket[] = [];

  say(from: Place, to: Place, payload: Uint8Array): this {
    this.packets.push(ipPacket(1_000_000_000_000 + 1_000 * this.packets.length, from, to, payload));
    return this;
  }

  imported() {
    const path = join(directory, 'a.pcap');
    writeFileSync(path, pcapFile(this.packets));
    return importCapture(path);
  }

  /** `sent 0 server-1`, `lease 0 server-1 10.0.1.1`: each with its transaction, by which server. */
  told(): string[] {
    const { layout, observations } = this.imported();
    return [...observations()].map((one) => told(one, layout.cases[one.caseIndex]?.servers ?? []));
  }
}

function told(one: Observation, servers: readonly string[]): string {
  const parts = [one.type === 'answer' ? one.kind : one.type, one.transaction, servers[one.server]];
  if (one.type === 'sent' && one.retransmission > 0) parts.push(`again ${one.retransmission}`);
  if (one.type === 'answer') {
    if (one.fromServer !== one.server) parts.push(`from ${servers[one.fromServer] ?? ''}`);
    if (one.answerIndex > 0) parts.push(`extra ${one.answerIndex}`);
    if (one.lease.length > 0)
      parts.push(one.lease.length === 4 ? one.lease.join('.') : v6.formatIpv6(one.lease));
  }
  return parts.join(' ');
}

const identity = (n: number) => ({
  hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, n),
  clientIdentifier: Uint8Array.of(0, 1, 2, n),
});

function discover(n: number, xid: number, relay?: Place): Uint8Array {
  const by = relay === undefined ? {} : { relay: { address: v4.parseIpv4(relay.address) } };
  return v4.encodeMessage(v4.discover({ xid, identity: identity(n), ...by }));
}

function answer(n: number, xid: number, type: v4.MessageType, lease: string): Uint8Array {
  const asked = v4.discover({ xid, identity: identity(n) });
  const options = new Map([
    [v4.OPTION.messageType, Uint8Array.of(type)],
    [v4.OPTION.serverIdentifier, Uint8Array.of(10, 0, 0, 1)],
    [v4.OPTION.leaseTime, Uint8Array.of(0, 0, 14, 16)],
    [v4.OPTION.clientIdentifier, identity(n).clientIdentifier],
  ]);
  return v4.encodeMessage({ ...asked, op: v4.OP.bootReply, yiaddr: v4.parseIpv4(lease), options });
}

function ask(n: number, xid: number, lease: string, ciaddr = '0.0.0.0'): Uint8Array {
  const offer = { yiaddr: v4.parseIpv4(lease), serverIdentifier: Uint8Array.of(10, 0, 0, 1) };
  const message = v4.request({ xid, identity: identity(n), offer });
  return v4.encodeMessage({ ...message, ciaddr: v4.parseIpv4(ciaddr) });
}

const { offer, ack, nak, inform } = v4.MESSAGE_TYPE;

describe('DHCPv4 messages in a capture', () => {
  it('that are broadcast belong to the server that answers first; the others’ answers are extra ones', () => {
    const traffic = new Traffic()
      .say(CLIENT, BROADCAST, discover(1, 7))
      .say(B, CLIENT, answer(1, 7, offer, '10.0.1.2'))
      .say(A, CLIENT, answer(1, 7, offer, '10.0.1.1'))
      .say(CLIENT, BROADCAST, ask(1, 7, '10.0.1.2'))
      .say(B, CLIENT, answer(1, 7, ack, '10.0.1.2'));
    expect(traffic.told()).toEqual([
      'sent 0 10.0.0.2',
      'lease 0 10.0.0.2 10.0.1.2',
      'lease 0 10.0.0.2 from 10.0.0.1 extra 1 10.0.1.1',
      'sent 1 10.0.0.2',
      'lease 1 10.0.0.2 10.0.1.2',
    ]);
  });

  it('are retransmissions with the same identity, server and transaction id, and an attempt with another id', () => {
    const traffic = new Traffic()
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(RELAY, A, discover(1, 8, RELAY))
      .say(RELAY, B, discover(2, 7, RELAY));
    expect(traffic.told()).toEqual([
      'sent 0 10.0.0.1',
      'sent 0 10.0.0.1 again 1',
      'sent 1 10.0.0.1',
      'sent 2 10.0.0.2',
    ]);
    expect([...traffic.imported().observations()].map(({ attempt }) => attempt)).toEqual([1, 1, 2, 1]);
    expect(traffic.imported().layout.cases).toMatchObject([
      { clients: 2, servers: ['10.0.0.1', '10.0.0.2'] },
    ]);
  });

  it('on both sides of a relay count once, on the servers’ side', () => {
    const traffic = new Traffic()
      .say(CLIENT, BROADCAST, discover(1, 7))
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(A, RELAY, answer(1, 7, offer, '10.0.1.1'))
      .say(RELAY, CLIENT, answer(1, 7, offer, '10.0.1.1'));
    expect(traffic.told()).toEqual(['sent 1 10.0.0.1', 'lease 1 10.0.0.1 10.0.1.1']);
    expect(traffic.imported().notes.join()).toContain('1 requests were seen on both sides of a relay');
  });

  it('that answer another client, come from another server or were never asked for are told apart', () => {
    const traffic = new Traffic()
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(A, RELAY, answer(2, 7, offer, '10.0.1.1'))
      .say(B, RELAY, answer(1, 7, offer, '10.0.1.2'))
      .say(A, RELAY, answer(1, 9, offer, '10.0.1.3'))
      .say(A, RELAY, answer(1, 7, nak, '0.0.0.0'));
    expect(traffic.told()).toEqual([
      'sent 0 10.0.0.1',
      'wrong-client 0 10.0.0.1 10.0.1.1',
      'wrong-server 0 10.0.0.1 from 10.0.0.2 10.0.1.2',
      'unmatched -1 10.0.0.1 10.0.1.3',
      'unmatched -1 10.0.0.1',
    ]);
  });

  it('that can’t be read are malformed answers of the server they come from', () => {
    const broken = answer(1, 7, offer, '10.0.1.1').subarray(0, 245);
    const traffic = new Traffic()
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(A, RELAY, broken)
      .say(RELAY, A, broken);
    expect(traffic.told()).toEqual(['sent 0 10.0.0.1', 'malformed 0 10.0.0.1']);
    expect(traffic.imported().notes.join()).toContain('1 datagrams could not be read');
  });

  it('about no lease are passed over, with their answers', () => {
    const message = v4.discover({ xid: 3, identity: identity(1) });
    message.options.set(v4.OPTION.messageType, Uint8Array.of(inform));
    const traffic = new Traffic()
      .say(CLIENT, A, v4.encodeMessage(message))
      .say(A, CLIENT, answer(1, 3, ack, '0.0.0.0'))
      .say(CLIENT, A, discover(1, 7));
    expect(traffic.told()).toEqual(['sent 0 10.0.0.1']);
  });

  it('that renew are a phase of their own', () => {
    const traffic = new Traffic()
      .say(CLIENT, A, ask(1, 7, '10.0.1.1', '10.0.1.1'))
      .say(A, CLIENT, answer(1, 7, ack, '10.0.1.1'));
    expect([...traffic.imported().observations()].map(({ phase }) => phase)).toEqual([
      'RENEW-ACK',
      'RENEW-ACK',
    ]);
  });

  it('are known on any port by their magic cookie', () => {
    const [from, to] = [
      { ...RELAY, port: 30_001 },
      { ...A, port: 30_000 },
    ];
    const traffic = new Traffic().say(from, to, discover(1, 7, RELAY)).say(from, to, new Uint8Array(300));
    expect(traffic.told()).toEqual(['sent 0 10.0.0.1 port 30000']);
  });
});

const MULTICAST = { address: 'ff02::1:2', port: 547 };
const LINK_LOCAL = { address: 'fe80::c', port: 546 };
const SERVER6 = { address: 'fe80::5', port: 547 };
const who = (n: number) => ({ duid: Uint8Array.of(0, 4, 9, 9, 9, n), iaid: n });

function solicit(n: number, xid: number, ias: readonly v6.IaKind[], rapidCommit = false): Uint8Array {
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
  it('are cases by what is asked for, and an IA without an answer is a refusal', () => {
    const traffic = new Traffic()
      .say(LINK_LOCAL, MULTICAST, solicit(1, 7, ['na']))
      .say(SERVER6, LINK_LOCAL, reply(1, 7, 2, ['2001:db8::1']))
      .say(LINK_LOCAL, MULTICAST, solicit(1, 8, ['pd']))
      .say(SERVER6, LINK_LOCAL, reply(1, 8, 2, ['2001:db8:8::/56']))
      .say(LINK_LOCAL, MULTICAST, solicit(2, 9, ['na', 'pd']))
      .say(SERVER6, LINK_LOCAL, reply(2, 9, 2, ['2001:db8::2']));
    const { layout } = traffic.imported();
    expect(layout.cases.map(({ name, leaseType }) => [name, leaseType])).toEqual([
      ['dhcp6-ia-na', 'address'],
      ['dhcp6-ia-pd', 'prefix'],
      ['dhcp6-ia-na-pd', 'address'],
    ]);
    expect(traffic.told()).toEqual([
      'sent 0 fe80::5',
      'lease 0 fe80::5 2001:db8::1',
      'sent 0 fe80::5',
      'lease 0 fe80::5 2001:db8:8::',
      'sent 0 fe80::5',
      'lease 0 fe80::5 2001:db8::2',
      'no-lease 0 fe80::5',
    ]);
  });

  it('commit at once only where both sides say rapid commit', () => {
    const traffic = new Traffic()
      .say(LINK_LOCAL, MULTICAST, solicit(1, 7, ['na'], true))
      .say(SERVER6, LINK_LOCAL, reply(1, 7, 7, ['2001:db8::1'], true))
      .say(LINK_LOCAL, MULTICAST, solicit(2, 8, ['na']))
      .say(SERVER6, LINK_LOCAL, reply(2, 8, 7, ['2001:db8::2']));
    expect([...traffic.imported().observations()].map(({ phase }) => phase).slice(0, 3)).toEqual([
      'SOLICIT-REPLY',
      'SOLICIT-REPLY',
      'SOLICIT-ADVERTISE',
    ]);
    expect(traffic.told()[3]).toBe('unmatched -1 fe80::5 2001:db8::2');
  });

  it('of another client are no answer, so that the server stays unknown', () => {
    const traffic = new Traffic()
      .say(LINK_LOCAL, MULTICAST, solicit(1, 7, ['na']))
      .say(SERVER6, LINK_LOCAL, reply(2, 7, 2, ['2001:db8::1']));
    expect(traffic.told()).toEqual(['sent 0 unknown', 'wrong-client 0 unknown from fe80::5 2001:db8::1']);
  });

  it('are known on any port by their structure, which other datagrams have not', () => {
    const [from, to] = [
      { ...LINK_LOCAL, port: 40_000 },
      { ...SERVER6, port: 40_001 },
    ];
    const noise = Uint8Array.from({ length: 80 }, (_, i) => (i === 0 ? 1 : (i * 37) & 0xff));
    const traffic = new Traffic().say(from, to, noise).say(from, to, solicit(1, 7, ['na']));
    expect(traffic.told()).toEqual(['sent 0 fe80::5 port 40001']);
  });
});
