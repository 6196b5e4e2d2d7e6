import { describe, expect, it } from 'vitest';
import type { FaultEvidence, NodeState } from '../../../evidence/faults.js';
import { AuditedRun } from '../../audit/audit.test-support.js';
import { v4 } from '../../synthetic.test-support.js';
import { rivalSpans } from './components.js';
import { CUT, evidence, primary, S } from '../faults.test-support.js';

const ALL = [1, 2, 3];

/** When each node was in a component that had no right to go on, in seconds. */
function rivals(nodeStates: readonly NodeState[], faults: readonly FaultEvidence[] = [CUT]) {
  const nodes = [...new Set(nodeStates.map(({ node }) => node))].sort();
  return Object.fromEntries(
    nodes.flatMap((node) => {
      const spans = rivalSpans({ loadBeganAtUs: 0, faults, nodeStates }, node);
      return spans.length === 0
        ? []
        : [[node, spans.map(({ fromUs, untilUs }) => [fromUs / S, untilUs / S])]];
    }),
  );
}

/** All nodes are together, until something happens at 10 s. */
const together = ALL.map((node) => primary(node, ALL, 0, 10));

describe('of two components that call themselves primary at once', () => {
  it('the one without the majority is a minority, whatever it calls itself', () => {
    const apart = [primary(1, [1, 3], 15, 30), primary(2, [2], 16, 29), primary(3, [1, 3], 15.2, 30)];
    expect(rivals([...together, ...apart])).toEqual({
      'node-2': [
        [16, 29],
        [16, 29],
      ],
    });
  });

  it('the majority is that of the last view that both had in common', () => {
    // node-3 leaves in order first, and node-2 is cut off then.
    const left = [primary(1, [1, 2], 10, 15), primary(2, [1, 2], 10, 15)];
    const apart = [primary(1, [1], 16, 30), primary(2, [2], 16, 30)];
    expect(rivals([...together, ...left, ...apart])).toEqual({ 'node-2': [[16, 30]] });
  });

  it('neither has a right to go on if no fault tells them apart and neither has the majority', () => {
    const apart = [primary(1, [1], 16, 30), primary(2, [2], 16, 30)];
    expect(rivals([...together, ...apart], [])).toEqual({ 'node-1': [[16, 30]], 'node-2': [[16, 30]] });
  });
});

describe('no component is a minority', () => {
  it('while a node that was cut off has not noticed it', () => {
    const late = [primary(1, [1, 3], 15, 30), primary(3, [1, 3], 15, 30), primary(2, ALL, 0, 22)];
    expect(rivals([...together, ...late])).toEqual({});
  });

  it('if the others have left in order, and one node is alone', () => {
    expect(rivals([...together, primary(1, [1, 2], 10, 15), primary(1, [1], 15, 60)])).toEqual({});
  });

  it('if the others are not primary at the same time', () => {
    const apart = [primary(1, [1, 3], 15, 20), primary(3, [1, 3], 15, 20), primary(2, [2], 21, 30)];
    expect(rivals([...together, ...apart])).toEqual({});
  });

  it('if it was seen once only: the parts of one answer of a node may be of two moments', () => {
    const torn = [primary(1, [1, 3], 15, 30), primary(2, [2], 20, 20)];
    expect(rivals([...together, ...torn])).toEqual({});
  });

  it('while a node joins, and does not list itself yet', () => {
    const joins = [primary(1, [1], 15, 30), primary(2, [3], 16, 18)];
    expect(rivals([...together, ...joins])).toEqual({});
  });

  it('if nodes do not tell their members', () => {
    const { members, ...untold } = primary(2, [2], 16, 30);
    expect(members).toEqual(['node-2']);
    expect(rivals([...together, primary(1, [1, 3], 15, 30), untold])).toEqual({});
  });
});

describe('a lease through a node that was made primary by hand while it was cut off', () => {
  const bootstrapped = [...together, primary(1, [1, 3], 15, 30), primary(2, [2], 16, 30)];
  const judged = (askedS: number, client: number) => {
    const audited = new AuditedRun('dhcp4', 3);
    audited.run.at(askedS * S).lease(client, v4(7));
    return audited.judge({}, evidence({}, {}, bootstrapped));
  };

  it('fails the run', () => {
    const { checks, cases } = judged(20, 1);
    expect(checks.find(({ name }) => name === 'faults.minorityCommits')).toMatchObject({
      verdict: 'fail',
      count: { found: 1 },
    });
    expect(cases[0]?.faults?.minorityCommits).toBe(1);
    expect(cases[0]?.witnesses.find(({ kind }) => kind === 'minority-commit')).toMatchObject({
      lease: '10.0.0.7',
      during: [0],
      holders: [{ client: 1, server: 'server-2' }],
    });
  });

  it.each([
    ['through another node', 20, 0],
    ['before', 12, 1],
  ])('and none %s', (_, askedS, client) => {
    expect(judged(askedS, client).cases[0]?.faults?.minorityCommits).toBe(0);
  });
});
