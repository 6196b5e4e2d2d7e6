import { describe, expect, it } from 'vitest';
import { associationsOf, CASE_KINDS, leaseTypesOf, phasesOf } from '../../protocol/cases.js';
import { Dhcp4Exchange } from './dhcp4-exchange.js';
import { Dhcp6Exchange } from './dhcp6-exchange.js';

const LIFE = {
  renewPerServer: 1,
  rebindPerServer: 1,
  rebootPerServer: 1,
  releasePerServer: 1,
  declinePerServer: 1,
};

describe('the exchange of a case', () => {
  it.each(CASE_KINDS)('%s has the steps of its phases, and asks for its leases', (kind) => {
    const [first, ...others] = associationsOf(kind);
    const { steps, leaseTypes } =
      first === undefined
        ? new Dhcp4Exchange('127.0.0.1')
        : new Dhcp6Exchange([first, ...others], '2001:db8::1');
    const phases = steps.map(({ phase }) => phase);
    expect(phases.sort()).toEqual(phasesOf(kind, { fanout: 'pinned', life: LIFE }).sort());
    expect(leaseTypes).toEqual(leaseTypesOf(kind));
  });
});
