import { describe, expect, it } from 'vitest';
import { DORA, expectRight, judged as judgedFile, type Line } from './traffic-table.test-support.js';

/**
 * Traffic as in other people's networks: small captures made for this, or recorded from real Kea 2.2.0 and perfdhcp
 * 2.2.0. Each line says what happened, and which judgement is right.
 */

const judged = (name: string) => judgedFile(`field/${name}`);

const RIGHT: readonly Line[] = [
  [
    '01-bcast-3-servers-offers.pcap',
    'three servers on one link answer the broadcasts of two clients with the same three addresses',
    {
      verdict: 'pass',
      phases: { 'dhcp4 DISCOVER-OFFER': [6, 6, 3, 3], 'dhcp4 REQUEST-ACK': [2, 2, 2, 0] },
      requestsByServer: { 'dhcp4 DISCOVER-OFFER': [2, 2, 2], 'dhcp4 REQUEST-ACK': [2, 0, 0] },
    },
  ],
  [
    '03-ha-hot-standby.pcap',
    'a relay sends everything to two servers, and the standby server stays silent',
    {
      verdict: 'pass',
      withLease: 10,
      phases: DORA(10),
      says: [/10\.0\.0\.3 got requests but sent no answer/],
    },
  ],
  [
    '04-vip-dsr.pcap',
    'requests go to a virtual address, and real servers answer',
    { verdict: 'pass', phases: DORA(10), says: [/10\.0\.0\.100 answered from 10\.0\.0\.3, 10\.0\.0\.2/] },
  ],
  [
    '07-answers-only-duplicate.pcap',
    'only answers were captured, and two give one address to two clients',
    { verdict: 'fail', heldConcurrently: 1, says: [/No request was captured/] },
  ],
  [
    '07b-one-request-not-captured.pcap',
    'an ACK without a captured request gives a held address to another client',
    { verdict: 'fail', heldConcurrently: 1, phases: DORA(30), says: [/^1 answers? .* not captured/] },
  ],
  [
    '08-v6-cross-case-duplicate.pcap',
    'clients of different cases hold one address, and one prefix',
    { verdict: 'fail', heldConcurrently: 2 },
  ],
  [
    '09-v6-two-ias-renew-one.pcap',
    'one of two identity associations is renewed alone',
    { verdict: 'pass', clients: 1, withLease: 1, phases: { 'dhcp6-ia-na RENEW-REPLY': [1, 1, 1, 0] } },
  ],
  [
    '11-fixed-xid.pcap',
    'a client boots three times under one transaction id',
    {
      verdict: 'pass',
      phases: { 'dhcp4 DISCOVER-OFFER': [3, 3, 3, 0], 'dhcp4 REQUEST-ACK': [3, 3, 3, 0] },
    },
  ],
  [
    '11b-init-reboot-nak-same-xid.pcap',
    'INIT-REBOOT is refused, and all later messages have the same transaction id',
    {
      verdict: 'pass',
      naks: 1,
      phases: { 'dhcp4 DISCOVER-OFFER': [1, 1, 1, 0], 'dhcp4 REQUEST-ACK': [2, 1, 1, 0] },
    },
  ],
  [
    '12-v4-relay-chain.pcap',
    'both sides of a second relay were captured',
    { verdict: 'pass', phases: DORA(3) },
  ],
  [
    '13-v6-ldra-both-sides.pcap',
    'both sides of the relay behind a lightweight relay were captured',
    {
      verdict: 'pass',
      phases: {
        'dhcp6-ia-na SOLICIT-ADVERTISE': [3, 3, 3, 0],
        'dhcp6-ia-na REQUEST-REPLY': [3, 3, 3, 0],
      },
    },
  ],
  ['14-out-of-order.pcap', 'some replies stand before their requests', { verdict: 'pass', phases: DORA(10) }],
  [
    '16-bootp-duplicates.pcap',
    'three BOOTP clients are given one address for ever',
    {
      verdict: 'fail',
      heldConcurrently: 1,
      phases: { ...DORA(3), 'dhcp4 BOOTREQUEST-BOOTREPLY': [3, 3, 1, 1] },
      says: [/3 .*BOOTP/],
    },
  ],
  ['17-decline-then-other-client.pcap', 'a declined address is given to another client', { verdict: 'pass' }],
  [
    '19-v4-healthy-v6-unanswered.pcap',
    'DHCPv4 is healthy, and nobody answers DHCPv6',
    { verdict: 'inconclusive', phases: { ...DORA(30), 'dhcp6-ia-na SOLICIT-ADVERTISE': [3, 0, 0, 0] } },
  ],
  [
    '20-renewals-and-informs.pcap',
    'an office at noon: renewals and INFORMs',
    {
      verdict: 'pass',
      phases: { 'dhcp4 RENEW-ACK': [30, 30, 30, 0] },
      says: [/No new lease was given/, /30 INFORM/],
    },
  ],
  [
    '22-two-vlans-same-address.pcap',
    'two VLANs use the same private address',
    { verdict: 'pass', clients: 2 },
  ],
  [
    '22-two-vlans-same-address.pcap',
    'two VLANs that are one network give one address twice',
    { verdict: 'fail', heldConcurrently: 1, options: { vlans: 'together' } },
  ],
  [
    '30-v6-release-one-of-two-ias.pcap',
    'one of two identity associations is released, and its lease is given to another client',
    { verdict: 'pass', withLease: 2 },
  ],
  ['32-release-without-client-id.pcap', 'a RELEASE has no client identifier', { verdict: 'pass' }],
  [
    '33-nak-of-another-server.pcap',
    'a server that the REQUEST does not name says no',
    { verdict: 'pass', withLease: 5, phases: DORA(5), says: [/5 DHCPNAKs .* does not name/] },
  ],
  [
    '41-new-xid-per-retransmission.pcap',
    'clients change their id with each retransmission',
    { verdict: 'pass', withLease: 5, phases: DORA(5) },
  ],
  [
    '43-opnsense-separate-renewals.pcap',
    'IA_NA and IA_PD of one client are renewed in messages of their own',
    { verdict: 'pass', clients: 2, withLease: 2 },
  ],
  [
    '44-renewed-separately-then-given-away.pcap',
    'a prefix that was renewed in a message of its own is given to another client',
    { verdict: 'fail', heldConcurrently: 1 },
  ],
  [
    'k-id0.pcap',
    'one machine, first without a client identifier and then with one',
    { verdict: 'pass', clients: 1, withLease: 1 },
  ],
  [
    'k-tworuns.pcap',
    'the same perfdhcp twice: the same ids and identities again',
    {
      verdict: 'pass',
      phases: { 'dhcp4 DISCOVER-OFFER': [40, 40, 21, 0], 'dhcp4 REQUEST-ACK': [38, 38, 19, 0] },
    },
  ],
];

describe('traffic of other people', () => {
  it.each(RIGHT)('%s: %s', (file, _, right) => {
    expectRight(`field/${file}`, right);
  });

  it('renewals of leases that nobody saw given are judged', () => {
    const [dhcp4] = judged('20-renewals-and-informs.pcap').cases;
    expect(dhcp4?.renewals).toEqual({ judged: 30, notKept: 0 });
  });

  it('first attempts are those of clients, not of transaction ids', () => {
    const [dhcp4] = judged('41-new-xid-per-retransmission.pcap').cases;
    expect(dhcp4?.phases[0]?.firstAttempt.requests).toBe(5);
  });

  it('each VLAN is a case of its own name', () => {
    const names = judged('22-two-vlans-same-address.pcap').cases.map(({ name }) => name);
    expect(names).toEqual(['VLAN 100 dhcp4', 'VLAN 200 dhcp4']);
  });
});
