import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../results/check.js';
import { importPerfdhcp } from '../../observations/import/perfdhcp/import.js';
import { judgeImported } from './imported-source.js';
import { expectRight, judged, type Right } from './traffic-table.test-support.js';

/** Traffic built to confuse the judgement by the content of its messages, or by messages that can't be read. */

const WRONG = [
  ['same-address-other-hardware-type', 'Ethernet and IEEE 802 with equal bytes are two clients'],
  ['vss-of-the-global-space', 'VSS information of type 255 names no VPN (RFC 6607 section 3.5)'],
  ['vss-not-honoured', 'sub-option 152 comes back: the server knows no VPNs (RFC 6607 section 4)'],
  ['release-of-an-empty-ia', 'a RELEASE without an address releases nothing (RFC 8415 section 18.2.7)'],
  ['dhcpv4-over-dhcpv6-relayed', 'DHCPv4 inside relayed DHCPv6 (RFC 7341)'],
  ['ack-from-the-boot-server-port', 'an ACK with an address and a lease time comes from port 4011'],
  ['port-set-given-twice', 'two clients are given the same ports of one address (RFC 7618)'],
  ['unread-before-and-after', 'what could not be read lies before the first holding and after the second'],
  ['unread-of-another-client', 'it lies between them, and is of another client'],
  ['unread-of-the-other-protocol', 'it lies between them, and is of DHCPv6'],
  [
    'unread-before-a-renewal',
    'an unread message lies between the holdings, and the first holder renews after the second was given the lease',
  ],
  ['unread-beside-another-pair', 'it lies between two of three holders'],
] as const;

const UNREAD: readonly (readonly [file: string, what: string, says: RegExp])[] = [
  [
    'release-in-a-damaged-block.pcapng',
    'a RELEASE is in a block that is damaged',
    /a damaged block was skipped/,
  ],
  ['release-cut-short.pcap', 'a RELEASE was cut short before its type', /a message of DHCP was cut short/],
  ['release-unreadable.pcap', "a RELEASE can't be read", /a message of DHCP could not be read/],
  ['release-fragment-lost.pcap', 'half of a RELEASE is missing', /fragments could not be put together/],
];

const RIGHT: readonly (readonly [file: string, what: string, also: Partial<Right>])[] = [
  ['reply-twice-two-addresses', 'a REPLY with two addresses comes twice, as the client asked again', {}],
  ['reply-twice-two-ias', 'the same with two identity associations', {}],
  ['reply-twice-temporary-address', 'the same with an address and a temporary one', {}],
  ['reply-twice-two-prefixes', 'the same with two prefixes', {}],
  ['renew-reply-twice-two-addresses', 'the same in answer to a RENEW', {}],
  ['two-vpns-of-clients', 'two VPNs use one private address, as the clients say (RFC 6607 section 3.1)', {}],
  ['two-vpns-beside-the-global-space', 'a VPN and the global address space use one address', {}],
  ['release-of-one-ia-beside-an-empty-one', 'a RELEASE has the address of one of its two IAs', {}],
  ['renewal-of-elsewhere-unanswered', 'one RENEW for the lease of another network has no answer', {}],
  ['renewal-of-elsewhere-refused', 'one REBIND for it is refused', { naks: 1 }],
  ['bootp-servers-behind-one-relay', 'two BOOTP servers answer through one relay, which names neither', {}],
  ['bootp-servers-on-one-link', 'two BOOTP servers answer one request', {}],
  [
    'excluded-part-of-a-prefix',
    'an address is on the link that a delegated prefix leaves out (RFC 6603)',
    {},
  ],
  ['port-sets-of-one-address', 'clients share an address, each with ports of its own (RFC 7618)', {}],
  ['port-set-released', 'a RELEASE names the address alone, and its ports are given again', {}],
  ['answers-of-another-hardware-type', 'a server says Ethernet to a client of IEEE 802, which releases', {}],
];

/** The files in which `overlappingLeases` counts a violation. */
const OVERLAPPING = [
  ['outside-of-the-excluded-part', 'an address is inside a prefix, behind the part that it leaves out'],
  ['excluded-part-of-another-prefix', 'an address is inside a prefix that leaves out another part'],
] as const;

/** The only check that does not hold. */
const ONE_CHECK: readonly (readonly [file: string, what: string, check: string, verdict: Verdict])[] = [
  [
    'port-sets-of-several-sizes',
    'half of the ports of one address are given, a quarter, and all of them',
    'source.complete',
    'inconclusive',
  ],
  [
    'bootp-server-gives-two-addresses',
    'one BOOTP server answers one request twice',
    'conformance.secondLease',
    'fail',
  ],
  [
    'reply-twice-one-of-two-addresses-changed',
    'the second REPLY has another address beside one of the first',
    'conformance.secondLease',
    'fail',
  ],
  [
    'reply-twice-first-of-two-ias-changed',
    'the second REPLY gives one of two identity associations another address',
    'conformance.secondLease',
    'fail',
  ],
];

const built = (file: string): string => `built/${file}.pcap`;

describe('misleading messages', () => {
  it.each(WRONG)('%s fails: %s', (file) => {
    expectRight(built(file), { verdict: 'fail', heldConcurrently: 1 });
  });

  it.each(UNREAD)('%s is inconclusive: %s', (file, _, says) => {
    const { verdict, cases, checks } = judged(`built/${file}`, { partial: true });
    expect({ verdict, held: cases[0]?.heldConcurrently }).toEqual({ verdict: 'inconclusive', held: 1 });
    expect(cases[0]?.witnesses.map(({ kind }) => kind)).toEqual(['held-concurrently']);
    const held = checks.find(({ name }) => name === 'conformance.heldConcurrently');
    expect(held?.actual).toMatch(says);
  });

  it.each(OVERLAPPING)('%s fails: %s', (file) => {
    const { verdict, cases } = judged(built(file));
    expect(verdict).toBe('fail');
    expect(cases.reduce((sum, { overlappingLeases }) => sum + overlappingLeases, 0)).toBe(1);
  });

  it.each(RIGHT)('%s passes: %s', (file, _, also) => {
    expectRight(built(file), { verdict: 'pass', ...also });
  });

  it.each(ONE_CHECK)('%s does not hold one check: %s', (file, _, check, verdict) => {
    const { checks } = judged(built(file));
    expect(checks.filter((one) => one.verdict !== 'pass').map((one) => [one.name, one.verdict])).toEqual([
      [check, verdict],
    ]);
  });
});

describe('a log of perfdhcp without statistics', () => {
  const path = fileURLToPath(new URL('./built/perfdhcp-releases-in-command-alone.out', import.meta.url));

  it("can't tell what was released if its command line has a rate of releases", () => {
    const { verdict, cases, checks } = judgeImported(importPerfdhcp([path]), []);
    expect({ verdict, held: cases[0]?.heldConcurrently }).toEqual({ verdict: 'inconclusive', held: 0 });
    expect(checks).toContainEqual(
      expect.objectContaining({
        name: 'conformance.heldConcurrently',
        actual: expect.stringMatching(/25.*released in between/) as string,
      }),
    );
  });

  it.each([
    ['-F10', ' -F10', true],
    ['-4F 10', ' -4F 10', true],
    ['renewals alone', '', false],
  ])('reads its command line: %s', (_, instead, isOpen) => {
    const directory = mkdtempSync(join(tmpdir(), 'built-'));
    try {
      const log = join(directory, 'log.out');
      writeFileSync(log, readFileSync(path, 'utf8').replace(' -F 10', instead));
      const { verdict } = judgeImported(importPerfdhcp([log]), []);
      expect(verdict).toBe(isOpen ? 'inconclusive' : 'fail');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
