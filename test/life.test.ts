import { describe, expect } from 'vitest';
import { caseOf, RunFiles } from './support/run-files.js';
import { NO_HURRY, setting } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

/** No limit depends on the clock: the runs must pass on a machine that does other things as well. */
const PATIENT = {
  cases: '[dhcp4, dhcp6-ia-na-pd]',
  'load.timeoutMs': 20_000,
  'load.maxAttempts': 1_000,
  ...NO_HURRY,
};

describe('clients with a lease', () => {
  test('renew it, release it, let it expire, and come back for one that another client may have had', async ({
    workspace,
  }) => {
    const { code, output } = await workspace.run([
      'run',
      'life',
      ...setting({
        ...PATIENT,
        'kea.validLifetime': 6,
        'load.clientsPerServer': 12,
        'load.life.seconds': 10,
        'load.life.renewPerServer': 4,
        'load.life.rebindPerServer': 2,
        'load.life.releasePerServer': 2,
        'load.life.leavePerServer': 1,
        'load.life.returnDelayMs': '[100, 300]',
        checks: '[]',
      }),
    ]);
    expect(code, output).toBe(0);
    const files = RunFiles.only(workspace.cwd, 'life');
    for (const name of ['dhcp4', 'dhcp6-ia-na-pd']) {
      const one = caseOf(files.result, name);
      expect(one).toMatchObject({ heldConcurrently: 0, renewals: { notKept: 0 }, witnesses: [] });
      expect(one.renewals?.judged).toBeGreaterThan(0);
      for (const { outcomes, allAttempts } of one.phases) {
        const sum = Object.values(outcomes).reduce<number>((total, count) => total + (count ?? 0), 0);
        expect(sum).toBe(allAttempts?.requests);
        expect(outcomes.timeout).toBe(0);
      }
    }
    const { observations } = files;
    const dhcp4 = observations.filter(({ caseIndex }) => caseIndex === 0);
    const phases = new Set(dhcp4.map(({ phase }) => phase));
    expect([...phases].sort()).toEqual([
      'DISCOVER-OFFER',
      'REBIND-ACK',
      'RELEASE',
      'RENEW-ACK',
      'REQUEST-ACK',
    ]);
    // A client that comes back keeps its identity, and makes a later attempt.
    const later = dhcp4.filter(({ phase, attempt }) => phase === 'DISCOVER-OFFER' && attempt > 1);
    expect(later.length).toBeGreaterThan(0);
    expect(later.every(({ client }) => client < 36)).toBe(true);
    expect(dhcp4.filter(({ type, phase }) => type === 'answer' && phase === 'RELEASE')).toEqual([]);
    const given = dhcp4.filter((seen) => seen.phase === 'REQUEST-ACK' && seen.type === 'answer');
    expect(given.length).toBeGreaterThan(36);
  });
});
