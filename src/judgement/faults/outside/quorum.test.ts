import { describe, expect, it } from 'vitest';
import type { FaultEvidence, NodeState } from '../../../evidence/faults.js';
import { AuditedRun } from '../../audit/audit.test-support.js';
import { v4 } from '../../synthetic.test-support.js';
import { CUT, primary, S } from '../faults.test-support.js';
import { minoritySpans } from './spans.js';
import { withoutQuorum } from './quorum.js';

const ALL = [1, 2, 3];

/** A fault of nodes from 10 s until 20 s. */
const fault = (name: string, ...nodes: number[]): FaultEvidence => ({
  ...CUT,
  fault: name,
  targets: nodes.map((node) => `node-${node}`),
});

/** From which second on node-1 went on without a quorum, and until when it was seen so. */
function spans(nodeStates: readonly NodeState[], ...faults: FaultEvidence[]): number[][] {
  const evidence = { loadBeganAtUs: 0, faults, nodeStates };
  return withoutQuorum(evidence, 'node-1').map(({ atUs, lastAtUs }) => [atUs / S, lastAtUs / S]);
}

const together = primary(1, ALL, 0, 10);
const alone = primary(1, [1], 12, 20);

describe('a node that calls itself primary', () => {
  it('has no quorum if all other members are gone', () => {
    expect(spans([together, alone], fault('kill', 2, 3))).toEqual([[12, 20]]);
  });

  it('has none if half of the members are gone', () => {
    const pair = primary(1, [1, 2], 0, 10);
    expect(spans([pair, alone], fault('freeze', 2))).toEqual([[12, 20]]);
  });

  it('has one with the majority of the members', () => {
    expect(spans([together, primary(1, [1, 3], 12, 20)], fault('kill', 2))).toEqual([]);
  });

  it('has one if the others left in order', () => {
    expect(spans([together, alone], fault('stop', 2), fault('wipe', 3))).toEqual([]);
    expect(spans([together, alone], fault('rolling-restart', 1, 2, 3))).toEqual([]);
  });

  it('has none if one left in order and the other is gone', () => {
    expect(spans([together, alone], fault('stop', 2), fault('kill', 3))).toEqual([[12, 20]]);
  });

  it('has one again with the members that it lost', () => {
    const states = [together, alone, primary(1, ALL, 21, 60)];
    expect(spans(states, fault('kill', 2, 3))).toEqual([[12, 20]]);
  });

  it('has none if it stopped meanwhile, and somebody told it to go on', () => {
    const stopped = { ...alone, status: 'non-Primary', atUs: 11 * S, lastAtUs: 11.5 * S };
    expect(spans([together, stopped, alone], fault('kill', 2, 3))).toEqual([[12, 20]]);
  });

  it('begins anew after its own start', () => {
    expect(spans([together, alone], fault('all-down', 1, 2, 3))).toEqual([]);
  });
});

describe('the time outside the primary component', () => {
  const outside = (atS: number, lastAtS: number, size: number): NodeState => ({
    ...primary(1, [1], atS, lastAtS),
    status: 'non-Primary',
    size,
  });
  const spansOf = (...nodeStates: NodeState[]) =>
    minoritySpans({ loadBeganAtUs: 0, faults: [], nodeStates }, 'node-1');

  it('is one where the node changed from one such state to another', () => {
    expect(spansOf(outside(10, 11, 2), outside(11.3, 14, 1))).toEqual([{ fromUs: 10 * S, untilUs: 14 * S }]);
  });

  it('is interrupted where the node was silent', () => {
    const silent = { ...outside(11.3, 14, 1), status: 'silent' };
    expect(spansOf(outside(10, 11, 2), silent, outside(14.2, 15, 1))).toHaveLength(2);
    expect(spansOf(outside(10, 11, 2), outside(14.2, 15, 1))).toHaveLength(2);
  });
});

describe('leases through a node without a quorum', () => {
  const judged = (nodeStates: readonly NodeState[]) => {
    const audited = new AuditedRun('dhcp4', 3);
    audited.run.at(15 * S).lease(0, v4(7));
    const faults = { loadBeganAtUs: 0, faults: [fault('kill', 2, 3)], nodeStates };
    return audited.judge({}, { faults }).checks.find(({ name }) => name === 'faults.minorityCommits');
  };
  const others = [primary(2, ALL, 0, 10), primary(3, ALL, 0, 10)];

  it('fail the run', () => {
    expect(judged([together, alone, ...others])).toMatchObject({ verdict: 'fail', count: { found: 1 } });
  });

  it('can not be told if nobody saw the state of a node', () => {
    const silent = { ...together, status: 'silent', state: '', members: [] };
    for (const states of [[], others, [silent, ...others]])
      expect(judged(states)).toMatchObject({ verdict: 'inconclusive' });
  });

  it('are not judged where nodes do not replicate', () => {
    const serving = ALL.map((node) => ({ ...primary(node, [], 0, 60), status: 'serving', state: '' }));
    expect(judged(serving)).toBeUndefined();
  });
});
