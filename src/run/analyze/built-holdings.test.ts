import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importCapture } from '../../observations/import/capture/import.js';
import type { Result } from '../../results/result.js';
import { judgeImported } from './imported-source.js';
import { expectRight } from './traffic-table.test-support.js';

/**
 * Traffic built to confuse the judgement about who holds what and when: duplicates that hide, and healthy traffic
 * that looks wrong.
 */

const built = (file: string): string => `built/${file}.pcap`;

type Line = readonly [file: string, what: string];

/** In each of these files, two clients hold one lease at once. */
function expectDuplicates(lines: readonly Line[]): void {
  it.each(lines)('%s fails: %s', (file) => {
    expectRight(built(file), { verdict: 'fail', heldConcurrently: 1 });
  });
}

function expectHealthy(lines: readonly Line[]): void {
  it.each(lines)('%s passes: %s', (file) => {
    expectRight(built(file), { verdict: 'pass' });
  });
}

describe('the request that was answered starts a holding', () => {
  expectDuplicates([
    ['asked-anew-in-the-same-words', 'an unanswered REQUEST, and 80 s later a whole exchange with its like'],
    ['asked-anew-under-one-id', 'the same by a client that has one transaction id for all'],
    ['ack-after-the-lifetime', 'an ACK comes 65 s after its REQUEST, with a lease of a minute'],
    ['renewed-anew-under-another-id', 'an unanswered RENEW, and a minute later another one'],
    ['solicit-answered-after-minutes', 'the eighth SOLICIT is answered with a lease of a minute'],
  ]);
  expectHealthy([
    ['nak-to-the-second-reboot', 'the first REQUEST of its words had no answer, the second one a NAK'],
    [
      'late-offer-between-two-requests',
      'an OFFER of another server comes between REQUEST and retransmission, which have different transaction ids',
    ],
  ]);
});

describe('a RELEASE or DECLINE ends only the leases that it names', () => {
  expectDuplicates([
    ['release-between-two-reboots', 'REQUEST, RELEASE, and the same REQUEST again, which is answered'],
    ['release-between-two-solicits', 'the same in DHCPv6, with rapid commit'],
    ['release-during-renew-of-another-address', 'one address is released while another is prolonged'],
    ['release-of-an-older-address-while-asking', 'an older address is released before the ACK of a new one'],
  ]);
  expectHealthy([
    ['released-under-another-iaid', 'a client gets one address under two IAIDs, and releases it under one'],
  ]);
});

describe('a refusal ends only the lease that it is about', () => {
  expectDuplicates([
    [
      'advertise-with-a-lifetime-of-zero',
      'an ADVERTISE names the lease that its client holds with a lifetime of zero',
    ],
    ['advertise-without-binding', 'an ADVERTISE says NoBinding'],
    ['advertise-zero-beside-rapid-commit', 'an ADVERTISE does so where another server commits at once'],
    [
      'answers-only-zero-lifetime-elsewhere',
      'one server prolongs the lease, another one answers with a lifetime of zero, and no request was captured',
    ],
  ]);
  expectDuplicates([
    ['nak-in-another-subnet', 'a NAK through one relay, and the lease that its client has behind another'],
  ]);
  expectHealthy([
    ['rebind-zero-lifetime-elsewhere', 'one server prolongs, another one says zero'],
    ['rebind-zero-lifetime-elsewhere-first', 'one server says zero, and then another one prolongs'],
    ['nak-names-a-lease-of-another-subnet', 'a client that has moved asks for its lease, and is refused it'],
  ]);
});

describe('a client keeps the lease that it asks for', () => {
  expectHealthy([
    [
      'renewal-in-another-subnet',
      'it holds a lease behind a relay, and renews another lease that the capture has not shown before',
    ],
    ['renewal-of-an-address-given-before', 'the same with two addresses of one association'],
    ['rebind-refused-on-another-link', 'it has moved behind another relay, and its REBIND is refused'],
    ['rebind-ended-on-another-link', 'the same in DHCPv6, with a lifetime of zero'],
    ['renumbered-by-renewal', 'its address is ended in favour of another one'],
  ]);
});

describe('an ACK without a lease time does not shorten a lease', () => {
  expectDuplicates([
    ['renewed-without-lease-time', 'it answers a RENEW'],
    ['inform-answered-without-lease-time', 'it answers what nobody captured'],
  ]);
  expectHealthy([['inform-not-captured', 'it names the address of its client, as some answer an INFORM']]);
});

describe('an answer belongs to the client that it names', () => {
  expectDuplicates([
    ['declined-just-after-an-unasked-ack', 'an ACK without a captured request, and 30 ms later a DECLINE'],
  ]);
  expectHealthy([
    ['inform-and-nak-under-one-id', 'a NAK answers a REQUEST, not the INFORM after it under the same id'],
    ['nak-without-hardware-address', 'a NAK has zeros for the hardware address'],
    ['nak-without-hardware-length', 'a NAK has no hardware address at all'],
  ]);
});

describe('a declined address', () => {
  /** The servers hold declined addresses back for a day. */
  const judged = (file: string): Result => {
    const path = fileURLToPath(new URL(`./${built(file)}`, import.meta.url));
    return judgeImported(importCapture(path), [], { declinedForS: 86_400 });
  };

  it('counts even if the ACK that gave it was not captured', () => {
    const { verdict, checks } = judged('declined-ack-not-captured');
    expect(verdict).toBe('fail');
    expect(checks).toContainEqual(
      expect.objectContaining({
        name: 'conformance.declinedReused',
        verdict: 'fail',
        actual: '1 of 1 declined',
      }),
    );
  });

  it('does not end the lease of another client', () => {
    const { cases } = judged('declined-by-another-client');
    expect(cases[0]?.declines).toEqual({ declined: 0, reused: 0 });
  });

  it('does not count where its client has another lease', () => {
    expect(judged('decline-of-what-was-not-given').verdict).toBe('pass');
  });
});
