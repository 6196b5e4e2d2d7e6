import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { faultKind, FAULT_NAMES, type FaultName } from '../../src/faults/index.js';
import { seededRandom } from '../../src/load/pacing/random.js';
import { ENDLESS, smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';
import { eventually } from '../support/wait.js';

const SIGNALS = ['SIGKILL', 'SIGINT', 'SIGTERM'] as const;

/** From the beginning of a fault until some kinds are undone and others are not. The fault is due for 1 s. */
const SPAN_MS = 4_000;

export interface FaultInterruption {
  fault: FaultName;
  on: string;
  signal: (typeof SIGNALS)[number];
}

/** Each kind of fault with each of its targets and each signal. */
export const EVERY_FAULT_AND_SIGNAL: readonly FaultInterruption[] = FAULT_NAMES.flatMap((fault) =>
  faultKind(fault).of.flatMap((kind) => {
    const on = kind === 'node' || kind === 'server' ? `${kind}-2` : kind;
    return SIGNALS.map((signal) => ({ fault, on, signal }));
  }),
);

/** The links of a fault, and its numbers. */
function linksOf(fault: FaultName): object {
  if (fault === 'partition') return { groups: [['node-1', 'node-2'], 'node-3'] };
  const numbers = faultKind(fault).numbers ?? [];
  return { between: ['clients', 'server-2'], ...Object.fromEntries(numbers.map(({ name }) => [name, 50])) };
}

/**
 * Declares a test for each of these interruptions, each at a random moment in the middle of its fault. Afterwards nothing of the run is left: no
 * process, frozen or not, no socket and no directory. Only a harness that is killed leaves its directory to `clean`.
 */
export function declareFaultInterruptions(interruptions: readonly FaultInterruption[]): void {
  /** Set the variable to repeat the interruptions of an earlier run of these tests. */
  const seed = Number(process.env['INTERRUPTIONS_SEED'] ?? randomInt(0x1_0000_0000));
  const random = seededRandom(seed);
  describe.concurrent(`interrupted in the middle of a fault (INTERRUPTIONS_SEED=${seed})`, () => {
    for (const { fault, on, signal } of interruptions) {
      const pauseMs = Math.floor(random() * SPAN_MS);
      test(`${signal} ${pauseMs} ms after ${fault} of ${on} began`, async ({ workspace }) => {
        const undo = faultKind(fault).undoing === undefined ? {} : { undo: 1.5 };
        const isPrivate = fault === 'partition';
        const faults = [{ fault, ...(on === 'links' ? linksOf(fault) : { on }), at: 0.5, ...undo }];
        const harness = workspace.start(
          smallRun({
            'cluster.nodes': 3,
            'cluster.network': isPrivate ? 'private' : 'loopback',
            'kea.leaseDatabase.maxReconnectTries': 1_000,
            'kea.leaseDatabase.reconnectWaitTime': 200,
            'kea.leaseDatabase.onFail': 'serve-retry-continue',
            ...ENDLESS,
            faults: JSON.stringify(faults),
          }),
        );
        const live = await workspace.liveDirectoryOf(harness);
        await harness.said(new RegExp(`( was| were|:) ${faultKind(fault).done}\\b|: ${fault} has begun`));
        if (!isPrivate) workspace.noteSockets(live);
        await sleep(pauseMs);
        harness.signal(signal);
        const end = await harness.ended;
        if (signal === 'SIGKILL') expect(end.signal, harness.output).toBe('SIGKILL');
        else expect(end.code, harness.output).toBe(signal === 'SIGINT' ? 130 : 143);
        // The kernel takes a moment to end a program that was killed.
        await eventually('all processes have ended', () => live.processes.length === 0);
        if (signal !== 'SIGKILL') workspace.expectNothingLeft();
        const { code, output } = await workspace.run(['clean']);
        expect(code, output).toBe(0);
      });
    }
  });
}
