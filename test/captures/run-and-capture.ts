import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Result } from '../../src/report/result.js';
import { RunFiles } from '../support/run-files.js';
import { setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

/**
 * What a run says of itself and what its own capture says: the same, as far as both can know. Servers are told in a capture by
 * what they call themselves, so they stand in another order there.
 */

const LENIENT = { 'limits.maxStartLatenessMs': 60_000, 'limits.minRatePercent': 0, 'load.timeoutMs': 20_000 };

const SETTINGS = {
  'fanout-all': { 'load.clientsPerServer': 30 },
  'ia-na-and-pd': { 'load.clientsPerServer': 30 },
  life: { 'load.life.seconds': 6, 'checks.1': 'REQUEST-*.allAttempts.responses >= 1' },
  roam: { 'load.clientsPerServer': 40 },
} as const;
type Name = keyof typeof SETTINGS;

export const ALL = Object.keys(SETTINGS) as Name[];

/** Declares a test for each of these scenarios. */
export function declareRunsAndCaptures(names: readonly Name[]): void {
  describe.each(names)('%s', (name) => {
    test('and its own capture agree', async ({ workspace }) => {
      const all = setting({ ...LENIENT, ...SETTINGS[name] });
      const { code, output } = await workspace.run([
        'run',
        name,
        '--quick',
        '--capture',
        '--report',
        'none',
        ...all,
      ]);
      const run = RunFiles.only(workspace.cwd, name);
      // A renewal that was not kept, by a stale read, is in both.
      expect([0, 1, 2], output).toContain(code);
      const capture = await workspace.run(['analyze', join(run.path, 'capture.pcap'), '--json']);
      const seen = figuresOf(JSON.parse(capture.stdout) as Result);
      expect(seen).toEqual(figuresOf(run.result));
      expect(Object.keys(seen).length).toBeGreaterThan(0);
    });
  });
}

/** By case: of clients and phases all but what is late, and when it was meant to be sent. */
function figuresOf({ cases }: Result) {
  return Object.fromEntries(
    cases.map((one) => {
      const { clients, clientsWithLease, committingLeases, heldConcurrently, overlappingLeases } = one;
      const { renewals, declines, phases } = one;
      const renews = phases.some(({ name }) => name === 'RENEW-ACK');
      return [
        one.name,
        {
          ...{ clients, clientsWithLease, committingLeases, heldConcurrently, overlappingLeases },
          ...{ renewals, declined: declines?.declined },
          phases: Object.fromEntries(
            phases.map(({ name, latencyMs, perServer, outcomes, firstAttemptOutcomes, ...phase }) => [
              `${renews ? name : sameOnTheWire(name)} ${phase.leaseType}`,
              {
                ...phase,
                servers: perServer.map(({ responses, requests }) => `${requests} ${responses}`).sort(),
                outcomes: { ...outcomes, late: null },
                firstAttemptOutcomes: { ...firstAttemptOutcomes, late: null },
                answered: latencyMs?.answered,
              },
            ]),
          ),
        },
      ];
    }),
  );
}

/** A DHCPv4 client of `roam` renews at another server: to whoever sees it, it rebinds (RFC 2131 section 4.3.2). */
function sameOnTheWire(phase: string): string {
  return phase === 'REBIND-ACK' ? 'RENEW-ACK' : phase;
}
