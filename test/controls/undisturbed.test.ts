import { expect, it } from 'vitest';
import { controlledRun, failedChecks } from './controlled-run.js';

it.concurrent.each(['dhcp4', 'dhcp6-ia-pd'] as const)(
  'a proxy that changes nothing is not seen: %s',
  async (kind) => {
    const result = await controlledRun(kind, () => ({}));
    expect(failedChecks(result)).toEqual([]);
    expect(result.verdict).toBe('pass');
    expect(result.cases[0]?.clientsWithLease).toBe(18);
  },
);
