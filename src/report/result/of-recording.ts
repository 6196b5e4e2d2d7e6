import type { Judgement } from '../../results/judgement.js';
import { UNTOLD } from '../../results/registry/untold.js';
import { resultSchema, type Result } from '../../results/result.js';
import { type Imported } from '../../observations/import/imported.js';
import { buildResult, type RunFacts } from './build.js';
import { asTold } from '../../results/registry/mapped.js';
import type { WitnessResult } from '../../results/witness.js';
import { withShared } from './witness-result.js';

const casesSchema = resultSchema.shape.cases;

/**
 * The result of judging what another program recorded. It has the figures of a run, and null for each figure that the
 * source does not tell.
 */
export function importedResult(
  imported: Imported,
  judgement: Judgement,
  facts: Pick<RunFacts, 'tool' | 'argv' | 'scenario'>,
): Result {
  const { limits } = facts.scenario;
  const result = buildResult({ ...facts, ...NOT_A_RUN }, judgement);
  return {
    ...result,
    scenario: { ...result.scenario, name: nameOf(imported), effective: { limits }, seed: null },
    startedAt: imported.startedAt?.toISOString() ?? null,
    finishedAt: imported.finishedAt?.toISOString() ?? null,
    environment: null,
    source: {
      kind: imported.kind,
      files: [...imported.files],
      untold: imported.untold.map((what) => UNTOLD[what]),
      notes: [...imported.notes],
    },
    cases: asTold(casesSchema, result.cases, imported.untold).map((one, caseIndex) => ({
      ...one,
      witnesses: one.witnesses.map((witness) => identified(witness, caseIndex, imported)),
      exchanges: null,
    })),
  };
}

/** Facts that only a run has. `importedResult` replaces them by null. */
const NOT_A_RUN = {
  seed: 0,
  startedAt: new Date(0),
  finishedAt: null,
  runDirectory: '',
  environment: {
    kea: { version: '', allocator: '', threads: 0 },
    database: { flavor: '', version: '', wsrepProvider: '', settings: {} },
    node: '',
    cpus: 1,
  },
};

/** Such as `3 perfdhcp logs`, `capture office.pcap`. */
function nameOf({ kind, files }: Imported): string {
  if (kind === 'capture') return `capture ${files.join(', ')}`;
  return `${files.length} perfdhcp ${files.length === 1 ? 'log' : 'logs'}`;
}

function networkOf(imported: Imported, caseIndex: number, client: number): { network?: string } {
  const network = imported.networkOf?.(caseIndex, client);
  return network === undefined ? {} : { network };
}

function identified(witness: WitnessResult, caseIndex: number, imported: Imported): WitnessResult {
  const holders = witness.holders.map((holder) => ({
    ...holder,
    identity: imported.identityOf(holder.caseIndex ?? caseIndex, holder.client) ?? null,
    ...networkOf(imported, holder.caseIndex ?? caseIndex, holder.client),
  }));
  return withShared({ ...witness, holders });
}
