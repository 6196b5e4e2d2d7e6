import { describe, expect, it } from 'vitest';
import { CASE_KINDS, caseOfLeases, familyOf, judgedPhasesOf, leaseTypesOf, phasesOf } from './cases.js';
import {
  COMMITTING_PHASES,
  DECLINING_PHASES,
  familyOfPhase,
  GIVING_BACK_PHASES,
  OFFERING_PHASES,
  phaseOfAnswer,
  phaseOfRequest,
  PHASES,
  RAPID_PHASES,
  RENEWING_PHASES,
  UNANSWERED_PHASES,
} from './phases.js';

describe('phases', () => {
  it('keep the numbers that journals store', () => {
    expect(PHASES.map((phase, number) => `${number} ${phase}`)).toEqual([
      '0 DISCOVER-OFFER',
      '1 REQUEST-ACK',
      '2 SOLICIT-ADVERTISE',
      '3 REQUEST-REPLY',
      '4 DISCOVER-ACK',
      '5 RENEW-ACK',
      '6 RELEASE',
      '7 DECLINE',
      '8 SOLICIT-REPLY',
      '9 RENEW-REPLY',
      '10 REBIND-REPLY',
      '11 RELEASE-REPLY',
      '12 DECLINE-REPLY',
      '13 REBIND-ACK',
      '14 BOOTREQUEST-BOOTREPLY',
      '15 REBOOT-ACK',
      '16 CONFIRM-REPLY',
    ]);
  });

  it('offer, commit or give back, and each does one of these; a CONFIRM is about the link alone', () => {
    for (const phase of PHASES) {
      const does = [OFFERING_PHASES, COMMITTING_PHASES, GIVING_BACK_PHASES].map((set) => set.has(phase));
      expect(does.filter(Boolean), phase).toHaveLength(phase === 'CONFIRM-REPLY' ? 0 : 1);
    }
    expect([...OFFERING_PHASES]).toEqual(['DISCOVER-OFFER', 'SOLICIT-ADVERTISE']);
    expect([...RAPID_PHASES]).toEqual(['DISCOVER-ACK', 'SOLICIT-REPLY', 'BOOTREQUEST-BOOTREPLY']);
    expect([...RENEWING_PHASES]).toEqual([
      'RENEW-ACK',
      'RENEW-REPLY',
      'REBIND-REPLY',
      'REBIND-ACK',
      'REBOOT-ACK',
    ]);
    expect([...DECLINING_PHASES]).toEqual(['DECLINE', 'DECLINE-REPLY']);
    expect([...UNANSWERED_PHASES]).toEqual(['RELEASE', 'DECLINE']);
  });

  it('follow from the request, and with rapid commit from the answer too', () => {
    expect(phaseOfRequest(4, 'discover')).toBe('DISCOVER-OFFER');
    expect(phaseOfRequest(4, 'discover', true)).toBe('DISCOVER-ACK');
    expect(phaseOfRequest(6, 'solicit', true)).toBe('SOLICIT-REPLY');
    expect(phaseOfRequest(6, 'rebind', true)).toBe('REBIND-REPLY');
    expect(phaseOfRequest(4, 'release')).toBe('RELEASE');
    expect(() => phaseOfRequest(6, 'bootp')).toThrow('DHCPv6 has no bootp');
  });

  it('of an answer without its request are the usual ones', () => {
    const answers = ['offer', 'ack', 'advertise', 'reply', 'bootreply'] as const;
    expect(answers.map(phaseOfAnswer)).toEqual([
      'DISCOVER-OFFER',
      'REQUEST-ACK',
      'SOLICIT-ADVERTISE',
      'REQUEST-REPLY',
      'BOOTREQUEST-BOOTREPLY',
    ]);
  });
});

describe('cases', () => {
  it('have phases of their family alone', () => {
    const life = { renewPerServer: 1, rebindPerServer: 1, releasePerServer: 1, declinePerServer: 1 };
    for (const kind of CASE_KINDS) {
      for (const phase of phasesOf(kind, { life })) expect(familyOfPhase(phase)).toBe(familyOf(kind));
      expect(judgedPhasesOf(kind, { life }).filter((phase) => GIVING_BACK_PHASES.has(phase))).toEqual([]);
    }
  });

  it('follow from the leases that an exchange is about', () => {
    for (const kind of CASE_KINDS) expect(caseOfLeases(familyOf(kind), leaseTypesOf(kind))).toBe(kind);
    expect(caseOfLeases(6, ['prefix', 'address'])).toBe('dhcp6-ia-na-pd');
    expect(caseOfLeases(6, [])).toBe('dhcp6-ia-na');
    expect(caseOfLeases(4, [])).toBe('dhcp4');
  });

  it('of prefixes have no DECLINE', () => {
    const life = { declinePerServer: 1 };
    expect(CASE_KINDS.filter((kind) => phasesOf(kind, { life }).length > 2)).toEqual([
      'dhcp4',
      'dhcp6-ia-na',
    ]);
  });
});
