import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v4 from '../../../dhcp/v4/index.js';
import { Traffic } from './traffic.test-support.js';
import type { Endpoint } from './file/udp.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'correlate-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const traffic = () => new Traffic(directory);

const BROADCAST = { address: '255.255.255.255', port: 67 };
const CLIENT = { address: '0.0.0.0', port: 68 };
const A = { address: '10.0.0.1', port: 67 };
const B = { address: '10.0.0.2', port: 67 };
const RELAY = { address: '10.0.9.1', port: 67 };

const identity = (n: number) => ({
  hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, n),
  clientIdentifier: Uint8Array.of(0, 1, 2, n),
});

function discover(n: number, xid: number, relay?: Endpoint): Uint8Array {
  const by = relay === undefined ? {} : { relay: { address: v4.parseIpv4(relay.address) } };
  return v4.encodeMessage(v4.discover({ xid, identity: identity(n), ...by }));
}

function answer(n: number, xid: number, type: v4.MessageType, lease: string, by = A): Uint8Array {
  const asked = v4.discover({ xid, identity: identity(n) });
  const options = new Map([
    [v4.OPTION.messageType, Uint8Array.of(type)],
    [v4.OPTION.serverIdentifier, v4.parseIpv4(by.address)],
    [v4.OPTION.leaseTime, Uint8Array.of(0, 0, 14, 16)],
    [v4.OPTION.clientIdentifier, identity(n).clientIdentifier],
  ]);
  return v4.encodeMessage({ ...asked, op: v4.OP.bootReply, yiaddr: v4.parseIpv4(lease), options });
}

function ask(n: number, xid: number, lease: string, ciaddr = '0.0.0.0', of = A): Uint8Array {
  const offer = { yiaddr: v4.parseIpv4(lease), serverIdentifier: v4.parseIpv4(of.address) };
  const message = v4.request({ xid, identity: identity(n), offer });
  return v4.encodeMessage({ ...message, ciaddr: v4.parseIpv4(ciaddr) });
}

const { offer, ack, nak, inform } = v4.MESSAGE_TYPE;

describe('DHCPv4 messages in a capture', () => {
  it('that are broadcast are one request, with a transaction at each server that answers', () => {
    const seen = traffic()
      .say(CLIENT, BROADCAST, discover(1, 7))
      .say(B, CLIENT, answer(1, 7, offer, '10.0.1.2', B))
      .say(A, CLIENT, answer(1, 7, offer, '10.0.1.1'))
      .say(CLIENT, BROADCAST, ask(1, 7, '10.0.1.2', '0.0.0.0', B))
      .say(B, CLIENT, answer(1, 7, ack, '10.0.1.2', B));
    expect(seen.told()).toEqual([
      'sent 0 10.0.0.2',
      'sent 1 10.0.0.1',
      'lease 0 10.0.0.2 10.0.1.2',
      'lease 1 10.0.0.1 10.0.1.1',
      'sent 2 10.0.0.2',
      'lease 2 10.0.0.2 10.0.1.2',
    ]);
  });

  it('are retransmissions while nobody answers, even under another transaction id', () => {
    const seen = traffic()
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(RELAY, A, discover(1, 8, RELAY))
      .say(RELAY, B, discover(2, 7, RELAY));
    expect(seen.told()).toEqual([
      'sent 0 10.0.0.1',
      'sent 0 10.0.0.1 again 1',
      'sent 0 10.0.0.1 again 2',
      'sent 1 10.0.0.2',
    ]);
    expect(seen.imported().layout.cases).toMatchObject([{ clients: 2, servers: ['10.0.0.1', '10.0.0.2'] }]);
  });

  it('are a new attempt once the one before was answered, even under the same transaction id', () => {
    const seen = traffic()
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(A, RELAY, answer(1, 7, offer, '10.0.1.1'))
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(RELAY, A, discover(1, 8, RELAY));
    expect(seen.told()).toEqual([
      'sent 0 10.0.0.1',
      'lease 0 10.0.0.1 10.0.1.1',
      'sent 1 10.0.0.1',
      'sent 1 10.0.0.1 again 1',
    ]);
    expect([...seen.imported().observations()].map(({ attempt }) => attempt)).toEqual([1, 1, 2, 2]);
  });

  it('on both sides of a relay count once', () => {
    const seen = traffic()
      .say(CLIENT, BROADCAST, discover(1, 7))
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(A, RELAY, answer(1, 7, offer, '10.0.1.1'))
      .say(RELAY, CLIENT, answer(1, 7, offer, '10.0.1.1'));
    expect(seen.told()).toEqual(['sent 0 10.0.0.1', 'lease 0 10.0.0.1 10.0.1.1']);
  });

  it('that name a server belong to it, even if another server answers with a DHCPNAK', () => {
    const seen = traffic()
      .say(CLIENT, BROADCAST, ask(1, 7, '10.0.1.1'))
      .say(B, BROADCAST, answer(1, 7, nak, '0.0.0.0', B))
      .say(A, CLIENT, answer(1, 7, ack, '10.0.1.1'));
    expect(seen.told()).toEqual([
      'sent 0 10.0.0.1',
      'wrong-server 0 10.0.0.1 from 10.0.0.2',
      'lease 0 10.0.0.1 10.0.1.1',
    ]);
    expect(seen.imported().notes.join()).toContain(
      '1 DHCPNAK came from 10.0.0.2, a server that the request does not name',
    );
  });

  it('that answer another client, or no request at all, are told apart', () => {
    const seen = traffic()
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(A, RELAY, answer(2, 7, offer, '10.0.1.1'))
      .say(A, RELAY, answer(1, 9, offer, '10.0.1.3'))
      .say(A, RELAY, answer(1, 7, nak, '0.0.0.0'));
    expect(seen.told()).toEqual([
      'sent 0 10.0.0.1',
      'wrong-client 0 10.0.0.1 10.0.1.1',
      // The lease is given to the client that the answer names, whoever asked.
      'unmatched -1 10.0.0.1 10.0.1.1',
      'unmatched -1 10.0.0.1 10.0.1.3',
      'unmatched -1 10.0.0.1',
    ]);
  });

  it('that can’t be read are malformed answers of the server they come from', () => {
    const broken = answer(1, 7, offer, '10.0.1.1').subarray(0, 245);
    const seen = traffic()
      .say(RELAY, A, discover(1, 7, RELAY))
      .say(A, RELAY, broken)
      .say(RELAY, A, broken);
    expect(seen.told()).toEqual(['sent 0 10.0.0.1', 'malformed 0 10.0.0.1']);
    // Each of the two unreadable datagrams may have given a lease.
    expect(seen.imported().missing.join()).toContain('answers could not be read: 2');
  });

  it('about no lease are passed over, with their answers', () => {
    const message = v4.discover({ xid: 3, identity: identity(1) });
    message.options.set(v4.OPTION.messageType, Uint8Array.of(inform));
    const seen = traffic()
      .say(CLIENT, A, v4.encodeMessage(message))
      .say(A, CLIENT, answer(1, 3, ack, '0.0.0.0'))
      .say(CLIENT, A, discover(1, 7));
    expect(seen.told()).toEqual(['sent 0 10.0.0.1']);
  });

  it('that renew are a phase of their own', () => {
    const seen = traffic()
      .say(CLIENT, A, ask(1, 7, '10.0.1.1', '10.0.1.1'))
      .say(A, CLIENT, answer(1, 7, ack, '10.0.1.1'));
    expect([...seen.imported().observations()].map(({ phase }) => phase)).toEqual(['RENEW-ACK', 'RENEW-ACK']);
  });

  it('are recognised on any port by their magic cookie', () => {
    const [from, to] = [
      { ...RELAY, port: 30_001 },
      { ...A, port: 30_000 },
    ];
    const seen = traffic()
      .say(from, to, discover(1, 7, RELAY))
      .say(from, to, new Uint8Array(300));
    expect(seen.told()).toEqual(['sent 0 10.0.0.1 port 30000']);
  });
});
