import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import type { StartedSystem } from '../../../src/providers/provider.js';
import type { Result } from '../../../src/results/result.js';
import { runScenario } from '../../../src/run/run-scenario.js';
import { loadScenario } from '../../../src/scenario/load.js';
import { Progress } from '../../../src/terminal/progress.js';
import type { Kind } from '../wire/kinds.js';
import { PLANTED_FAULTS, plantedSettings, type PlantedFault } from './planted.js';

/** Declares a test for each violation planted in a run with faults, in each of these cases. */
export function declarePlantedFaults(kinds: readonly Kind[]): void {
  describe.concurrent('what is planted in a run with faults is found', () => {
    for (const kind of kinds)
      for (const planted of PLANTED_FAULTS)
        it(`${kind}: ${planted.what}`, async () => {
          planted.found(await runWith(planted, kind), kind);
        });
  });
}

/** Makes a real run with real servers. The run directory is removed afterwards. */
async function runWith(planted: PlantedFault, kind: Kind): Promise<Result> {
  const out = mkdtempSync(join(tmpdir(), 'planted-fault-'));
  // What the binary logs say of what was planted has a test of its own.
  const settings = { 'cluster.commitHistory': false, ...plantedSettings(planted, kind) };
  const set = Object.entries(settings).map(([path, value]) => `${path}=${String(value)}`);
  try {
    const { result } = await runScenario({
      loaded: loadScenario('isolation', { set, quick: true }),
      argv: [],
      out,
      keep: false,
      signal: new AbortController().signal,
      progress: new Progress({ write: () => true }),
      interpose: (system) => Promise.resolve(withPlanted(system, planted, kind)),
    });
    return result;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The system with the abilities of its last node replaced. */
function withPlanted(system: StartedSystem, planted: PlantedFault, kind: Kind): StartedSystem {
  const { nodes } = system.cluster;
  const changed = nodes.map((node, index) =>
    index < nodes.length - 1
      ? node
      : { ...node, abilities: planted.abilities(node.abilities ?? {}, nodes, kind) },
  );
  return { ...system, cluster: { ...system.cluster, nodes: changed } };
}
