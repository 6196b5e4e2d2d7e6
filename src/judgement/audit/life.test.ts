import { describe, expect, it } from 'vitest';
import { nth, v4, v6 } from '../synthetic.test-support.js';
import { AuditedRun, broken, findingsOf, LIFETIME_S, NODES, ZERO_UNIX_S } from './audit.test-support.js';

const SECOND = 1_000_000;
/** When the made-up load is drained. */
const READ_S = 60;

const kinds = (audited: AuditedRun, tablesReadAtS = READ_S) => {
  const tables = { atUs: tablesReadAtS * SECOND, unixUs: (ZERO_UNIX_S + tablesReadAtS) * SECOND };
  const clock = { ...audited.system.clock, tables };
  return findingsOf(audited.judge({ clock })).map(({ kind, lease, nodes }) => [kind, lease, nodes]);
};

describe('a lease that was given back', () => {
  /** Client 0 had the lease and gave it back. Then client 1 was given it. */
  const passedOn = () => {
    const audited = new AuditedRun('dhcp4', 2);
    audited.run.lease(0, v4(0));
    audited.run.ask(0, 'RELEASE');
    audited.run.lease(1, v4(0));
    return audited;
  };

  it('has the row of the client that was given it next', () => {
    const audited = passedOn();
    expect(kinds(audited.stored(audited.row(1, '10.0.0.0')))).toEqual([]);
  });

  it('is found if the row is still the first client’s', () => {
    const audited = passedOn();
    expect(kinds(audited.stored(audited.row(0, '10.0.0.0')))).toEqual([
      ['other-identity', '10.0.0.0', NODES],
    ]);
  });

  it.each([
    ['no row', undefined],
    ['a reclaimed row', { state: 2, expire: ZERO_UNIX_S + 1 }],
    ['a released row', { state: 0, validLifetime: 0, expire: ZERO_UNIX_S + 1 }],
  ])('may have %s', (_, more) => {
    const audited = new AuditedRun('dhcp6-ia-na', 1);
    audited.run.lease(0, v6(1));
    audited.run.ask(0, 'RELEASE-REPLY').refuse(0);
    if (more !== undefined) audited.stored(audited.row(0, '2001:db8::1', more));
    expect(kinds(audited)).toEqual([]);
    expect(nth(audited.judge().cases, 0).audit).toMatchObject({ acknowledged: 0, givenBack: 1 });
  });

  describe('in DHCPv6', () => {
    const released = (status?: number) => {
      const audited = new AuditedRun('dhcp6-ia-na', 1);
      audited.run.lease(0, v6(1));
      const asked = audited.run.ask(0, 'RELEASE-REPLY');
      if (status === undefined) asked.timeout();
      else asked.refuse(status);
      return audited.stored(audited.row(0, '2001:db8::1'));
    };

    it('must not be live once the server has confirmed it', () => {
      expect(kinds(released(0))).toEqual([['still-live', '2001:db8::1', NODES]]);
      expect(broken(released(0).judge())).toContainEqual(['audit.givenBack', 'fail']);
    });

    it.each([undefined, 1])('may be live if the server did not confirm it, status %s', (status) => {
      expect(kinds(released(status))).toEqual([]);
    });

    it('may be live if its client was given another lease before, and released that one', () => {
      const audited = new AuditedRun('dhcp6-ia-na', 1);
      audited.run.lease(0, v6(1));
      audited.run.ask(0, 'REBIND-REPLY').give(v6(2));
      audited.run.ask(0, 'RELEASE-REPLY').refuse(0);
      audited.stored(audited.row(0, '2001:db8::1'));
      expect(kinds(audited)).toEqual([]);
      audited.stored(audited.row(0, '2001:db8::2'));
      expect(kinds(audited)).toContainEqual(['still-live', '2001:db8::2', NODES]);
    });

    it('may be live if it came in an answer too late for its client to take it', () => {
      const audited = new AuditedRun('dhcp6-ia-na', 1);
      audited.run.lease(0, v6(1));
      audited.run.ask(0, 'REBIND-REPLY').timeout().give(v6(2));
      audited.run.ask(0, 'RELEASE-REPLY').refuse(0);
      audited.stored(audited.row(0, '2001:db8::2'));
      expect(kinds(audited)).toEqual([]);
    });

    it('may be live if its client has it again, or may have it again', () => {
      const again = released(0);
      again.run.lease(0, v6(1), { attempt: 2 });
      expect(kinds(again)).toEqual([]);
      const unanswered = released(0);
      unanswered.run.ask(0, 1, { attempt: 2 }).timeout();
      expect(kinds(unanswered)).toEqual([]);
    });
  });
});

describe('a renewed lease', () => {
  const renewed = (phase: 'RENEW-REPLY' | 'REBIND-REPLY', expireS: number) => {
    const audited = new AuditedRun('dhcp6-ia-na', 1);
    audited.run.lease(0, v6(1));
    audited.run
      .at(30 * SECOND)
      .ask(0, phase)
      .give(v6(1));
    return audited.stored(audited.row(0, '2001:db8::1', { expire: ZERO_UNIX_S + expireS }));
  };

  it.each(['RENEW-REPLY', 'REBIND-REPLY'] as const)('expires as the %s says', (phase) => {
    expect(kinds(renewed(phase, 30 + LIFETIME_S))).toEqual([]);
    expect(kinds(renewed(phase, LIFETIME_S))).toEqual([['expiry', '2001:db8::1', NODES]]);
  });

  it('may have been prolonged, or not, by a request that was not answered', () => {
    for (const expireS of [LIFETIME_S, 30 + LIFETIME_S]) {
      const audited = new AuditedRun('dhcp4', 1);
      audited.run.lease(0, v4(0));
      audited.run
        .at(30 * SECOND)
        .ask(0, 'RENEW-ACK')
        .timeout();
      audited.stored(audited.row(0, '10.0.0.0', { expire: ZERO_UNIX_S + expireS }));
      expect(kinds(audited)).toEqual([]);
    }
  });
});

describe('a lease that ran out', () => {
  /** A lease that is valid for so many seconds from about the start. */
  const shortLived = (validLifetime: number) => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.lease(0, v4(0), { validLifetime });
    return {
      audited,
      row: audited.row(0, '10.0.0.0', { validLifetime, expire: ZERO_UNIX_S + validLifetime }),
    };
  };

  it('is not required any more, and may be reclaimed on one node and not yet on another', () => {
    const { audited, row } = shortLived(20);
    audited.stored(row, ['node-1']).stored({ ...row, state: 2 }, ['node-2']);
    expect(kinds(audited)).toEqual([]);
  });

  it('may be gone if it ran out while the tables were read', () => {
    const { audited, row } = shortLived(READ_S + 5);
    audited.stored(row, ['node-1']);
    expect(kinds(audited, READ_S + 10)).toEqual([]);
    expect(kinds(audited, READ_S + 1)).toEqual([
      ['differing', '10.0.0.0', ['node-1']],
      ['missing', '10.0.0.0', ['node-2', 'node-3']],
    ]);
  });

  it('must be the same on every node before it runs out', () => {
    const { audited, row } = shortLived(4_000);
    audited.stored(row, ['node-1', 'node-2']).stored({ ...row, expire: ZERO_UNIX_S + 3_999 }, ['node-3']);
    expect(kinds(audited)).toEqual([['differing', '10.0.0.0', ['node-3']]]);
  });
});

describe('a declined lease', () => {
  const declined = (status: number) => {
    const audited = new AuditedRun('dhcp6-ia-na', 1);
    audited.run.lease(0, v6(1));
    audited.run.ask(0, 'DECLINE-REPLY').refuse(status);
    return {
      audited,
      row: audited.row(0, '2001:db8::1', { state: 1, duid: '00', expire: ZERO_UNIX_S + 86_400 }),
    };
  };

  it('has a declined row that belongs to nobody', () => {
    const { audited, row } = declined(0);
    expect(kinds(audited.stored(row))).toEqual([]);
  });

  it('is found if its row is not declined, or is missing', () => {
    const { audited, row } = declined(0);
    audited.stored(row, ['node-1']).stored(audited.row(0, '2001:db8::1'), ['node-2']);
    expect(kinds(audited)).toContainEqual(['not-declined', '2001:db8::1', ['node-2', 'node-3']]);
  });

  it('may have any row, or none, if the server did not confirm the DECLINE', () => {
    const { audited } = declined(3);
    expect(kinds(audited)).toEqual([]);
  });
});
