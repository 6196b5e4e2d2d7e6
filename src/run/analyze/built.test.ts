import { describe, expect, it } from 'vitest';
import { DORA, expectRight, judged, type Right } from './traffic-table.test-support.js';

/**
 * Traffic built to confuse the judgement: servers whose violations are hidden, and healthy traffic that looks wrong.
 */

const WRONG = [
  [
    'nak-of-another-server-after-the-ack',
    'a bound client ignores a NAK, and another client is given its lease',
  ],
  ['ack-without-server-identifier', 'ACKs without option 54 give one address to several'],
  ['ack-without-end-option', 'ACKs without an end option give one address to several'],
  ['all-without-end-option', 'no message has an end option'],
  [
    'relay-trunk-one-side',
    'both sides of the relay were captured for one holder, only the server side for the other',
  ],
  ['relay-both-sides-of-two-vlans', 'one server gives an address to clients in two VLANs, through a relay'],
  ['renew-broadcast-as-rebind', 'an unanswered RENEW is broadcast as it was, and answered'],
  ['dhcpv4-over-dhcpv6', 'DHCPv4 inside of DHCPv6 (RFC 7341)'],
  [
    'clock-of-seconds',
    'a client releases its lease and is given it again, all within one second of the clock',
  ],
  [
    'reply-with-another-routers-prefix',
    "a REPLY has a prefix too that nobody asked for, which is another router's",
  ],
  ['information-request-first', 'a message about no lease stands before a duplicate'],
  ['solicit-without-ia-first', 'a SOLICIT for nothing stands before a duplicate'],
] as const;

const RIGHT: readonly (readonly [file: string, what: string, also: Partial<Right>])[] = [
  [
    'rapid-commit-beside-offer',
    'one server commits at once, the other offers and gives that address away later',
    {},
  ],
  ['rapid-commit-beside-advertise', 'the same in DHCPv6', {}],
  ['rebind-no-binding-elsewhere', 'one server prolongs, another one knows nothing of it', {}],
  ['rebind-nak-elsewhere', 'one server prolongs, another one says NAK', {}],
  [
    'renew-adds-an-address',
    'a RENEW is answered with the address and a new one (RFC 8415 section 18.3.4)',
    {},
  ],
  ['decline-during-renew', 'one of two addresses is declined while both are being renewed', {}],
  ['answers-only-nak', 'answers alone: a NAK ends what its client held, and another is given it', {}],
  ['answers-only-zero-lifetime', 'answers alone: a lifetime of zero ends it', {}],
  ['router-leases-out-of-its-prefix', 'a router leases out of the prefix that it was delegated', {}],
  ['two-vpns', 'two VPNs use the same private address (RFC 6607)', {}],
  ['stateless-replies', 'REPLYs about configuration beside healthy DHCPv4', { phases: DORA(5) }],
  ['release-replies-alone', 'REPLYs to RELEASEs that nobody captured', {}],
  [
    'bootp-both-sides',
    'both sides of a relay, BOOTP',
    { phases: { 'dhcp4 BOOTREQUEST-BOOTREPLY': [3, 3, 3, 0] } },
  ],
  ['mirrored-15-ms-apart', 'a mirrored port, whose clock is 15 ms off', { phases: DORA(5) }],
  [
    'pxe-boot-server',
    'a boot server beside the DHCP server, and requests to it',
    { phases: DORA(3), says: [/boot server/] },
  ],
  ['inform-answered-with-address', 'an INFORM is answered with the address that it came from', {}],
  ['dhcpv4-and-information-request', 'a message about no lease is no case of its own', { phases: DORA(10) }],
  ['dhcpv6-and-inform', 'the same the other way round', {}],
];

const OPEN: readonly (readonly [file: string, what: string, says: readonly RegExp[]])[] = [
  ['ack-without-lease-time', 'ACKs do not say for how long', [/no lease time/]],
  ['shared-id-request-not-captured', "an answer carries the transaction id of another client's request", []],
  ['answer-to-nobody', 'an answer that gives a lease says neither to whom nor to which request', []],
];

const built = (file: string): string => `built/${file}.pcap`;

describe('misleading traffic', () => {
  it.each(WRONG)('%s fails: %s', (file) => {
    expectRight(built(file), { verdict: 'fail', heldConcurrently: 1 });
  });

  it.each(RIGHT)('%s passes: %s', (file, _, also) => {
    expectRight(built(file), { verdict: 'pass', ...also });
  });

  it.each(OPEN)('%s is inconclusive: %s', (file, _, says) => {
    expectRight(built(file), { verdict: 'inconclusive', says });
  });

  it('counts a lease for the client that the answer names, whatever the transaction id', () => {
    const { verdict, cases, checks } = judged('built/shared-id-duplicate.pcap');
    expect({ verdict, held: cases[0]?.heldConcurrently }).toEqual({ verdict: 'fail', held: 1 });
    expect(checks).toContainEqual(
      expect.objectContaining({ name: 'conformance.wrongClient', verdict: 'inconclusive' }),
    );
  });

  it('tells several clients under one transaction id apart on both sides of a relay', () => {
    const { cases } = judged('built/relay-trunk-shared-id.pcap');
    expect(cases.map(({ name, clients }) => [name, clients])).toEqual([
      ['VLAN 10 dhcp4', 2],
      ['VLAN 20 dhcp4', 1],
    ]);
  });

  it('does not count a SOLICIT that is sent for minutes as one request', () => {
    const { cases, verdict } = judged('built/solicit-for-minutes.pcap');
    expect({ verdict, held: cases[0]?.heldConcurrently }).toEqual({ verdict: 'fail', held: 1 });
  });
});
