import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../src/report/result.js';
import { runScenario } from '../../src/run/run-scenario.js';
import type { StartedSystem } from '../../src/run/providers/provider.js';
import { loadScenario } from '../../src/scenario/load.js';
import { Progress } from '../../src/terminal/progress.js';
import { interposeProxy, type Meddling } from './meddling-proxy.js';

/**
 * Few clients, far apart: what is done to one of them touches no other. Nothing that a busy machine makes late is judged.
 */
const SETTINGS = [
  'checks=[]',
  'limits.maxStartLatenessMs=60000',
  'limits.minRatePercent=0',
  'load.clientsPerServer=6',
  'load.ratePerServer=5',
  'load.arrival=staggered',
  'load.collectOffersMs=0',
  'load.drainMs=1500',
  'load.timeoutMs=1000',
];

/** A real run with real servers in which `meddle` does one thing wrong. Its directory is gone afterwards. */
export async function controlledRun(
  kind: 'dhcp4' | 'dhcp6-ia-na' | 'dhcp6-ia-pd',
  meddle: (system: StartedSystem) => Meddling | Promise<Meddling>,
  settings: readonly string[] = [],
): Promise<Result> {
  const out = mkdtempSync(join(tmpdir(), 'control-'));
  try {
    const { result } = await runScenario({
      loaded: loadScenario('staggered', {
        set: [`cases=[${kind}]`, ...SETTINGS, ...settings],
        quick: false,
      }),
      argv: [],
      out,
      keep: false,
      signal: new AbortController().signal,
      progress: new Progress({ write: () => true }),
      interpose: async (system, cleanup) => interposeProxy(system, cleanup, await meddle(system)),
    });
    return result;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The names of the checks that fail. */
export function failedChecks(result: Result): string[] {
  return result.checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
}

/** The witnesses of one kind, each with the number of its holders. */
export function witnessesOf(result: Result, kind: string): { lease: string; holders: number }[] {
  return result.cases
    .flatMap(({ witnesses }) => witnesses)
    .filter((witness) => witness.kind === kind)
    .map(({ lease, holders }) => ({ lease, holders: holders.length }));
}
