import { describe, expect, it } from 'vitest';
import { nth, v4 } from '../synthetic.test-support.js';
import { NODES, ZERO_UNIX_S } from '../audit/audit.test-support.js';
import { CommittedRun } from './commits.test-support.js';

const MS = 1_000;
const SECOND = 1_000_000;

/** Client 0 asks at second 1 and is given 10.0.0.1, half a millisecond after each node committed it. */
function given(): CommittedRun {
  const told = new CommittedRun('dhcp4', 2);
  told.run.at(SECOND).lease(0, v4(1));
  const row = told.row(0, '10.0.0.1');
  return told.stored(row).committed(SECOND + 3.5 * MS, row);
}

const counts = (told: CommittedRun) => told.judgeCommits().commits?.counts;

describe('a lease that a client was given', () => {
  it('was committed before its client was told', () => {
    expect(counts(given())).toEqual({});
  });

  it('was not committed by then where its node wrote it only later', () => {
    const told = new CommittedRun('dhcp4', 2);
    told.run.lease(0, v4(1));
    told.committed(SECOND, told.row(0, '10.0.0.1'));
    expect(counts(told)).toEqual({ 'not-committed': 1 });
  });

  const back: [string, (told: CommittedRun) => unknown][] = [
    ['removed', (told) => told.committed(4 * SECOND, told.row(0, '10.0.0.1'), { kind: 'delete' })],
    [
      'kept for its client without a lifetime',
      (told) => told.committed(4 * SECOND, told.row(0, '10.0.0.1', { validLifetime: 0 }), { kind: 'update' }),
    ],
  ];
  describe.each(back)('is committed anew after it was given back, and its row %s', (_, giveBack) => {
    const again = (commitAgain: boolean) => {
      const told = given();
      told.run.at(4 * SECOND).ask(0, 'RELEASE');
      giveBack(told);
      told.run.at(5 * SECOND).lease(0, v4(1), { attempt: 2 });
      if (commitAgain) told.committed(5 * SECOND + 3 * MS, told.row(0, '10.0.0.1'));
      return counts(told);
    };

    it('as it must be', () => {
      expect(again(true)).toEqual({});
    });

    it('or else was given without a commit', () => {
      expect(again(false)).toEqual({ 'not-committed': 1 });
    });
  });
});

describe('a lease of a request that nobody answered', () => {
  /** Client 0 gets no answer to its REQUEST for 10.0.0.1, and client 1 is given that lease. */
  function unanswered(): CommittedRun {
    const told = new CommittedRun('dhcp4', 2);
    told.run.ask(0, 0).give(v4(1));
    told.run.ask(0, 1).timeout();
    told.run.at(2 * SECOND).lease(1, v4(1));
    const row = told.row(1, '10.0.0.1');
    return told.stored(row).committed(2 * SECOND + 3 * MS, row);
  }
  const possible = (told: CommittedRun) => nth(told.judgeCommits().cases, 0).possiblyHeld.leases;

  it('does not belong to its client if no node stored it for that client', () => {
    expect(possible(unanswered())).toBe(0);
  });

  it('may belong to its client if a node stored it for that client once', () => {
    const told = unanswered();
    told.committed(SECOND, told.row(0, '10.0.0.1'), {}, ['node-1']);
    expect(possible(told)).toBe(1);
  });

  it('may belong to its client if the logs end before their time', () => {
    expect(possible(unanswered().cutOff())).toBe(1);
  });
});

describe('a lease that ran out', () => {
  const LIFETIME = { validLifetime: 5 };
  const ranOut = (commitAgain: boolean) => {
    const told = new CommittedRun('dhcp4', 1);
    const row = (expireS: number) => told.row(0, '10.0.0.1', { ...LIFETIME, expire: ZERO_UNIX_S + expireS });
    told.run.at(SECOND).lease(0, v4(1), LIFETIME);
    told.committed(SECOND + 3.5 * MS, row(6));
    told.run.at(30 * SECOND).lease(0, v4(1), { attempt: 2, ...LIFETIME });
    if (commitAgain) told.committed(30 * SECOND + 3 * MS, row(35), { kind: 'update' });
    return counts(told);
  };

  it('is committed anew when it is given again', () => {
    expect([ranOut(true), ranOut(false)]).toEqual([{}, { 'not-committed': 1 }]);
  });
});

it.each([4000, 0xffff_ffff])('a lease of %d s may not get another owner meanwhile', (validLifetime) => {
  const told = new CommittedRun('dhcp4', 2);
  told.run.at(SECOND).lease(0, v4(1), { validLifetime });
  // Kea stores an infinite lease as expiring when it was given.
  const expire = ZERO_UNIX_S + (validLifetime === 4000 ? 4001 : 1);
  const row = (client: number) => told.row(client, '10.0.0.1', { validLifetime, expire });
  told.committed(SECOND + 3.5 * MS, row(0));
  told.committed(5 * SECOND, row(1), { kind: 'update' });
  told.committed(6 * SECOND, row(0), { kind: 'update' });
  told.run.ask(1, 1).timeout();
  expect(counts(told)).toEqual({ replaced: 1 });
});

it('a lease whose client does not know of it may go to another client once its row is removed', () => {
  const told = new CommittedRun('dhcp4', 2);
  told.run.at(SECOND).ask(0, 0).give(v4(1));
  told.run.ask(0, 1).timeout().give(v4(1));
  told.committed(SECOND + 3.5 * MS, told.row(0, '10.0.0.1'));
  told.run
    .at(5 * SECOND)
    .ask(0, 0, { attempt: 2 })
    .give(v4(2));
  const again = told.run.ask(0, 1, { attempt: 2 });
  // The server stores the new lease, removes the old one, and answers then.
  told.committed(5 * SECOND + 2_100, told.row(0, '10.0.0.2'));
  told.committed(5 * SECOND + 2_200, told.row(0, '10.0.0.1'), { kind: 'delete' });
  told.committed(5 * SECOND + 2_300, told.row(1, '10.0.0.1'));
  again.give(v4(2));
  told.run.lease(1, v4(1));
  expect(counts(told)).toEqual({});
});

it('of logs that end before their time nothing is concluded that they lack', () => {
  const told = given();
  told.run.lease(1, v4(2));
  expect(counts(told)).toEqual({ 'not-committed': 1 });
  expect(counts(told.cutOff())).toEqual({});
});

it('a lease that is stored for a client without an answer counts, whatever the client was offered', () => {
  const told = new CommittedRun('dhcp4', 2);
  told.run.ask(0, 0).give(v4(7));
  told.run.ask(0, 1).timeout();
  told.committed(3 * MS, told.row(0, '10.0.0.1'));
  told.run.at(2 * SECOND).lease(1, v4(1));
  told.committed(2 * SECOND + 3 * MS, told.row(1, '10.0.0.1'), { kind: 'update' });
  told.run.at(3 * SECOND).ask(1, 0, { attempt: 2 });
  expect(nth(told.judgeCommits().cases, 0).possiblyHeld.leases).toBe(1);
});

describe('what only the log of the other nodes has', () => {
  const [first = '', ...others] = NODES;
  const lacking = () => {
    const told = given();
    told.run.at(3 * SECOND).lease(1, v4(2));
    return told.committed(3 * SECOND + 3 * MS, told.row(1, '10.0.0.2'), {}, others);
  };

  it('is missing in the log of a node that never stopped', () => {
    expect(counts(lacking())).toMatchObject({ 'other-order': 1 });
  });

  it('is a gap in that of a node that was killed before it wrote it, and was started again', () => {
    const told = lacking().startedAgain(first);
    expect(counts(told)).not.toHaveProperty('other-order');
    expect(told.judgeCommits().commits?.nodes[0]?.gaps).toEqual([{ after: 1, changes: 1 }]);
  });

  it('is missing in the log of a node that has written something since', () => {
    const told = lacking().startedAgain(first);
    told.run.at(5 * SECOND).lease(0, v4(3), { attempt: 2 });
    told.committed(5 * SECOND + 3 * MS, told.row(0, '10.0.0.3'), { file: 2 }, [first]);
    expect(counts(told)).toMatchObject({ 'other-order': 2 });
  });
});
