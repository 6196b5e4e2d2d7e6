import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { familyOf, type CaseKind } from '../../src/protocol/cases.js';
import type { Result } from '../../src/results/result.js';
import type { WitnessResult } from '../../src/results/witness.js';
import { RunFiles } from '../support/run-files.js';
import { setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

/**
 * Compares a run's own result with that of its capture. They must agree in all figures that both have. A capture
 * knows servers only by their server identifiers, so the order of its servers differs.
 */

const LENIENT = { 'limits.maxStartLatenessMs': 60_000, 'limits.minRatePercent': 0, 'load.timeoutMs': 20_000 };

const SETTINGS = {
  'fanout-all': { 'load.clientsPerServer': 30 },
  'ia-na-and-pd': { 'load.clientsPerServer': 30 },
  life: { 'load.life.seconds': 6, 'checks.1': 'REQUEST-*.allAttempts.responses >= 1' },
  roam: { 'load.clientsPerServer': 40 },
} as const;
type Name = keyof typeof SETTINGS;
/** A line of `witnesses.jsonl`. */
type StoredWitness = WitnessResult & { case: CaseKind };

export const ALL = Object.keys(SETTINGS) as Name[];

/** Declares a test for each of these scenarios. */
export function declareRunsAndCaptures(names: readonly Name[]): void {
  describe.each(names)('%s', (name) => {
    test('gives the same figures as its own capture', async ({ workspace }) => {
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
      // A renewal may be refused because of a stale read. It is then in both results.
      expect([0, 1, 2], output).toContain(code);
      const capture = await workspace.run(['analyze', join(run.path, 'capture.pcap'), '--json']);
      const seen = figuresOf(JSON.parse(capture.stdout) as Result);
      const own = figuresOf(run.result);
      // Only the servers' counters tell what reached the database, and a capture has none.
      for (const { renewals } of Object.values(own)) delete renewals?.reachedDatabase;
      for (const [kind, renumbered] of renumberedIn(run)) {
        const { renewals } = own[kind] ?? {};
        if (renewals) renewals.notKept -= renumbered;
      }
      expect(seen).toEqual(own);
      expect(Object.keys(seen).length).toBeGreaterThan(0);
    });
  });
}

/**
 * By case: the DHCPv6 renewals that gave another lease in place of the one that they took. In a capture nobody knows
 * whether the network was renumbered, so such a renewal is no violation there (RFC 8415 section 18.3.4).
 */
function renumberedIn(run: RunFiles): Map<string, number> {
  const counts = new Map<string, number>();
  const lines = run.has('witnesses.jsonl') ? run.text('witnesses.jsonl').trimEnd().split('\n') : [];
  for (const { case: kind, ...witness } of lines.map((line) => JSON.parse(line) as StoredWitness)) {
    const isRenumbered = witness.kind === 'not-kept' && witness.otherLease !== null && familyOf(kind) === 6;
    if (isRenumbered) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** By case: the figures of clients and phases, without late answers and intended send times. */
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

/**
 * The name of the phase in a capture. A client of `roam` in DHCPv4 renews at another server, which looks like
 * rebinding there (RFC 2131 section 4.3.2).
 */
function sameOnTheWire(phase: string): string {
  return phase === 'REBIND-ACK' ? 'RENEW-ACK' : phase;
}
