import { isOfLinks } from '../../faults/index.js';
import { whyUnsupported } from '../fault-support.js';
import type { Finding } from '../language/problems.js';
import type { Fault } from '../schema/faults.js';
import type { Scenario } from '../schema.js';
import { faultFinding } from './fault-finding.js';
import { afterTheLoad, undoneOrNot } from './fault-moments.js';
import { besideAnother, lastNode } from './fault-overlaps.js';
import { heldBackReturns } from './held-back-returns.js';
import { findLinkContradictions } from './link-contradictions.js';
import { findRandomContradictions } from './random-faults.js';
import { unknownTarget } from './unknown-target.js';

/** Faults that can't be done, or not to this system, or not during this load. */
export function findFaultContradictions(scenario: Scenario): Finding[] {
  const { faults = [], randomFaults, external } = scenario;
  if (faults.length === 0 && randomFaults === undefined) return [];
  if (external !== undefined) return [othersSystem(faults.length > 0 ? 'faults' : 'randomFaults')];
  return [
    ...faults.flatMap((fault, index) => [
      ...findLinkContradictions(scenario, fault, index),
      ...heldBackReturns(scenario, fault, index),
      ...(fault.on === undefined ? [] : unknownTarget(scenario, fault.on, ['faults', index, 'on'])),
      ...wrongKind(scenario, fault, index),
      ...undoneOrNot(fault, index),
      ...afterTheLoad(scenario, fault, index),
      ...besideAnother(scenario, fault, index),
      ...lastNode(scenario, fault, index),
    ]),
    ...findRandomContradictions(scenario),
  ];
}

function wrongKind(scenario: Scenario, { fault, on }: Fault, index: number): Finding[] {
  const why = on === undefined || isOfLinks({ fault }) ? undefined : whyUnsupported(fault, on, scenario);
  if (why === undefined) return [];
  return faultFinding(index, 'fault', `faults.${index}: ${fault} ${why.message}`, why.hint, [
    why.because === undefined ? ['faults', index, 'on'] : ['cluster', why.because],
  ]);
}

function othersSystem(key: 'faults' | 'randomFaults'): Finding {
  return {
    path: [key],
    related: [['external']],
    at: 'key',
    message: 'faults can only be done to what the harness starts itself, not to a system that others run',
    hint: 'take cluster.provider local or docker, or leave the faults out',
  };
}
