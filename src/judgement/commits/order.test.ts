import { describe, expect, it } from 'vitest';
import { compareHistories, type Step } from './order.js';

/** Steps such as `a1 b1 a2`: the lease and its change. A bar begins a new file of the log. A star is behind a late one. */
function steps(text: string): Step[] {
  return text.split('|').flatMap((part, file) =>
    part
      .trim()
      .split(/\s+/)
      .filter((one) => one !== '')
      .map((one) => ({
        lease: one.slice(0, 1),
        signature: one.slice(1, 2),
        file,
        isLate: one.endsWith('*'),
      })),
  );
}

const compared = (reference: string, other: string, mayEndEarly = true) => {
  const { gaps, leases } = compareHistories(steps(reference), steps(other), { mayEndEarly });
  return { gaps: gaps.map(({ after, changes }) => [after, changes]), leases: [...leases] };
};

const WHOLE = 'a1 b1 a2 c1 b2 c2';

describe('the history of a node', () => {
  it.each([
    ['is the same', WHOLE, [], []],
    ['is the same though the node was started again', 'a1 b1 | a2 c1 | b2 c2', [], []],
    ['lacks what a full state transfer brought', 'a1 b1 | b2 c2', [[2, 2]], []],
    ['lacks all before a full state transfer', '| b2 c2', [[0, 4]], []],
    ['ends early', 'a1 b1 a2', [[3, 3]], []],
    ['is empty', '', [[0, 6]], []],
    ['has a change of another order', 'a2 b1 a1 c1 b2 c2', [], ['a']],
    ['has a change that no other has', 'a1 b1 a2 c1 x1 b2 c2', [], ['x']],
    ['lacks a change in the middle of a file', 'a1 b1 c1 b2 c2', [], ['a']],
    ['has its difference before a new file', 'a1 b9 | a2 c1 b2 c2', [], ['b']],
    ['begins a new file with a change that no other has', 'a1 b1 | x1 a2 c1 b2 c2', [], ['x']],
    ['ends with a change that no other has', `${WHOLE} x1`, [], ['x']],
  ])('%s', (_, other, gaps, leases) => {
    expect(compared(WHOLE, other)).toEqual({ gaps, leases });
  });

  it.each([
    ['the node that lost the commit', 'a1 b1 | b1 c1', 'a1 b1 c1', []],
    ['the reference', 'a1 b1 c1', 'a1 b1 | b1 c1', []],
    ['both', 'a1 b1 | b1 c1', 'a1 b1 | b1 c1', []],
    ['two of one lease', 'a1 b1 b2 c1', 'a1 b1 b2 | b1 b2 c1', []],
    ['the same file, which no node does', 'a1 b1 c1', 'a1 b1 b1 c1', ['b']],
    ['a new file, but not the last ones', 'a1 b1 b2 c1', 'a1 b1 b2 | b1 c1', ['b']],
  ])('has a commit twice that a killed node lost and got again: in %s', (_, reference, other, leases) => {
    expect(compared(reference, other)).toEqual({ gaps: [], leases });
  });

  it('counts its changes up to a gap as they stand in its log', () => {
    // a1 and b1 come again, and then c1 is missing.
    expect(compared('a1 b1 c1 d1 e1', 'a1 b1 | a1 b1 | d1 e1').gaps).toEqual([[4, 1]]);
  });

  it('lacks the last changes though the node was running and at rest', () => {
    expect(compared(WHOLE, 'a1 b1 a2 c1', false)).toEqual({ gaps: [], leases: ['b', 'c'] });
    // Servers may still remove expired rows while one log after the other is read.
    expect(compared(`${WHOLE} a3* b3*`, WHOLE, false)).toEqual({ gaps: [[6, 2]], leases: [] });
    expect(compared(WHOLE, WHOLE, false)).toEqual({ gaps: [], leases: [] });
  });

  it('may change leases in another order as long as the changes of each follow each other in the same way', () => {
    expect(compared('a1 b1 a2 b2', 'b1 a1 b2 a2')).toEqual({ gaps: [], leases: [] });
  });
});
