import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect } from 'vitest';
import { seededRandom } from '../../src/load/pacing/random.js';
import type { HarnessEnd } from '../support/harness-process.js';
import { caseOf, RunFiles } from '../support/run-files.js';
import { ENDLESS, smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';
import { Workspace } from '../support/workspace.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 } as const;
const NODES = [3, 1];
const SHORT = { 'load.clientsPerServer': 10 };

/** Set the variable to repeat the interruptions of an earlier run of these tests. */
const SEED = Number(process.env['INTERRUPTIONS_SEED'] ?? randomInt(0x1_0000_0000));
const random = seededRandom(SEED);

interface Interruption {
  number: number;
  /** The moment of the interruption in the life of a run, from 0 to 1. */
  moment: number;
  signals: (typeof SIGNALS)[number][];
  /** The time between the first signal and the second. */
  pauseMs: number;
  nodes: number;
  /** Whether the run would end by itself. It may then be caught while it ends, or be over already. */
  ends: boolean;
}

/** Divides a run's life into as many equal parts as there are interruptions, with one interruption in each part. */
const interruptionOf = (index: number, count: number): Interruption => ({
  number: index + 1,
  moment: (index + random()) / count,
  signals: Array.from({ length: index % 3 === 0 ? 2 : 1 }, anySignal),
  pauseMs: Math.floor(random() * 400),
  nodes: NODES[index % 2] ?? 1,
  ends: index % 4 === 2,
});

/** Declares a test for each of so many interruptions. */
export function declareInterruptions(count: number): void {
  describe.concurrent(`interrupted at random moments (INTERRUPTIONS_SEED=${SEED})`, () => {
    let livesMs: ReadonlyMap<number, number>;

    beforeAll(async () => {
      livesMs = await lengthsOfLives();
    });

    for (const interruption of Array.from({ length: count }, (_, index) => interruptionOf(index, count))) {
      test(nameOf(interruption), async ({ workspace }) => {
        const { nodes, ends, moment, signals, pauseMs } = interruption;
        const harness = workspace.start(smallRun({ 'cluster.nodes': nodes, ...(ends ? SHORT : ENDLESS) }));
        await sleep(moment * (livesMs.get(nodes) ?? 0));
        for (const [index, signal] of signals.entries()) {
          if (index > 0) await sleep(pauseMs);
          harness.signal(signal);
        }
        expectInterrupted(workspace, interruption, await harness.ended, harness.output);
      });
    }
  });
}

/** How long uninterrupted runs take, by their number of nodes. Two run at once, as the interrupted ones do. */
async function lengthsOfLives(): Promise<ReadonlyMap<number, number>> {
  const workspace = new Workspace();
  const lives = NODES.map(async (nodes): Promise<[number, number]> => {
    const begun = performance.now();
    const { code, output } = await workspace.run(smallRun({ 'cluster.nodes': nodes, ...SHORT }));
    expect(code, output).toBe(0);
    return [nodes, performance.now() - begun];
  });
  try {
    return new Map(await Promise.all(lives));
  } finally {
    await workspace.remove();
  }
}

function expectInterrupted(
  workspace: Workspace,
  { signals, ends }: Interruption,
  end: HarnessEnd,
  output: string,
): void {
  const [run] = RunFiles.in(workspace.cwd, 'small');
  if (run === undefined) {
    // The run was caught before there was anything to end, perhaps before Node ran our code.
    expect(end.code === null ? [end.signal] : codesOf(signals), output).toContain(end.signal ?? end.code);
    return;
  }
  const { result } = run;
  if (ends && result.verdict === 'pass') {
    // The run was over before the signal came.
    expect(end.code ?? 0, output).toBe(0);
    return;
  }
  // Node stops listening to signals a few milliseconds before it exits. By then the run has ended everything and
  // printed its report.
  if (end.signal === null) expect(codesOf(signals), output).toContain(end.code);
  else expect(output.trimEnd()).toMatch(/\nreports\/small\/\S+$/);
  expect(codesOf(signals)).toContain(result.exitCode);
  expect(result.verdict).toBe('inconclusive');
  expect(signals).toContain(run.evidence.interruptedBy);
  const sent = run.observations.filter(({ type, phase }) => type === 'sent' && phase === 'DISCOVER-OFFER');
  const [discover] = caseOf(result, 'dhcp4').phases;
  expect(discover?.allAttempts?.requests).toBe(sent.length);
}

function codesOf(signals: Interruption['signals']): number[] {
  return signals.map((signal) => CODES[signal]);
}

function anySignal(): (typeof SIGNALS)[number] {
  return SIGNALS[Math.floor(random() * SIGNALS.length)] ?? 'SIGINT';
}

function nameOf({ number, moment, signals, pauseMs, nodes, ends }: Interruption): string {
  const how = signals.join(` and ${pauseMs} ms later `);
  const load = ends ? 'a short load' : 'an endless load';
  return `${number}: ${how} after ${(100 * moment).toFixed(1)}% of a life, nodes ${nodes}, ${load}`;
}
