import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { failureText } from './failure.js';

describe('the text of an error', () => {
  it('has the hint of the error, or else the hint of its code', () => {
    const told = (options?: { hint: string }) =>
      failureText(new HarnessError('PREREQUISITE', 'no kea-dhcp4', options)).split('\n');
    expect(told({ hint: 'install it' })).toEqual(['error PREREQUISITE: no kea-dhcp4', '  install it', '']);
    expect(told()).toEqual(['error PREREQUISITE: no kea-dhcp4', expect.stringContaining('doctor'), '']);
    expect(failureText(new HarnessError('SCENARIO', 'no such key'))).not.toContain('](');
  });

  it('has the stack of a defect', () => {
    expect(failureText(new Error('oh'))).toMatch(/^error INTERNAL: .*\n.*oh\n +at /);
  });
});
