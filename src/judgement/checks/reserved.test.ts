import { describe, expect, it } from 'vitest';
import { reservedChecks } from './reserved.js';

type State = Parameters<typeof reservedChecks>[0][number];

function verdictOf(reserved: { wrong: number; served: number }): string | undefined {
  const state = {
    layout: { name: 'dhcp4' },
    reserved: { judged: 40, clients: 2, shown: [], ...reserved },
  } as unknown as State;
  return reservedChecks([state])[0]?.verdict;
}

describe('clients with host reservations', () => {
  it.each([
    ['pass', { wrong: 0, served: 2 }],
    ['inconclusive', { wrong: 0, served: 1 }],
    ['inconclusive', { wrong: 0, served: 0 }],
    ['fail', { wrong: 1, served: 2 }],
  ])('%s: %j of two clients', (verdict, reserved) => {
    expect(verdictOf(reserved)).toBe(verdict);
  });
});
