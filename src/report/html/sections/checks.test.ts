import { expect, it } from 'vitest';
import type { Check } from '../../../results/check.js';
import { checksTable } from './checks.js';

const held = (caseName: string): Check => ({
  ...{ name: 'conformance.heldConcurrently', case: caseName, phase: 'REQUEST-ACK' },
  ...{ expected: '0', actual: '20', verdict: 'fail' },
});

it('the same count of several cases is the count of each', () => {
  expect(String(checksTable('checks', [held('dhcp4')]))).not.toContain('in each case');
  expect(String(checksTable('checks', [held('dhcp4'), held('dhcp6')]))).toContain('in each case 20 leases');
});
