import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../src/run/run-scenario.js';
import { loadScenario } from '../../src/scenario/load.js';
import { Progress } from '../../src/terminal/progress.js';
import { ANSWERS } from './answers.js';
import type { Control } from './control.js';
import { CLIENTS, ControlRun, TURNS } from './control-run.js';
import { found, type Found } from './found.js';
import { interposeProxy } from './meddling-proxy.js';
import { RENEWALS } from './renewals.js';
import { ROWS } from './rows.js';
import type { Kind } from './wire/kinds.js';

/** Few clients, far apart, so that a control affects only one of them. No check fails because the machine is busy. */
const SETTINGS = [
  'expectedFigures=[]',
  // What the binary logs say of planted answers has a test of its own.
  'cluster.commitHistory=false',
  'limits.maxStartLatenessMs=60000',
  'limits.minRatePercent=0',
  `load.clientsPerServer=${CLIENTS / 3}`,
  'load.ratePerServer=5',
  'load.arrival=staggered',
  'load.collectOffersMs=0',
  'load.drainMs=100',
  'load.timeoutMs=60000',
  ...TURNS,
];

/** Declares a test for each control in each of its cases. */
export function declareControls(kindsOf: (control: Control) => readonly Kind[]): void {
  describe('a planted fault is found and named, and nothing else', () => {
    for (const control of [...ANSWERS, ...RENEWALS, ...ROWS]) {
      for (const kind of kindsOf(control)) {
        it.concurrent(`${kind}: ${control.what}`, async () => {
          const { actual, expected } = await controlledRun(kind, control);
          expect(actual).toEqual(expected);
        });
      }
    }
  });
}

/**
 * Makes a real run with real servers, in which the control plants one fault. The run directory is removed afterwards.
 */
async function controlledRun(kind: Kind, control: Control): Promise<{ actual: Found; expected: Found }> {
  const out = mkdtempSync(join(tmpdir(), 'control-'));
  const run = new ControlRun(control, kind);
  try {
    const { result } = await runScenario({
      loaded: loadScenario('staggered', {
        set: [`cases=[${kind}]`, ...SETTINGS, ...(control.settings ?? [])],
        quick: false,
      }),
      argv: [],
      out,
      keep: false,
      signal: run.signal,
      progress: new Progress({ write: () => true }),
      interpose: (system, cleanup) => interposeProxy(system, cleanup, run.meddlingWith(system)),
    });
    run.signal.throwIfAborted();
    return { actual: found(result), expected: control.found(run) };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
