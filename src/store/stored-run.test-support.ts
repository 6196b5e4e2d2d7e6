import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTHING_WRONG, SyntheticRun, v4 } from '../judgement/synthetic.test-support.js';
import type { SystemEvidence } from '../evidence/system.js';
import { digestsOf } from '../observations/journal/digest.js';
import { JournalWriter } from '../observations/journal/journal-writer.js';
import { FACTS } from '../report/report.test-support.js';
import { scenarioSchema, type Scenario } from '../scenario/schema.js';
import { STORED } from './stored-files.js';

interface Changes {
  /** The name of the scenario. */
  name?: string;
  /** The address that a client is given in the end; by default one of its own. */
  lease?: (client: number) => number;
  expect?: Scenario['expect'];
  /** The load that the scenario states. */
  load?: Partial<Scenario['load']>;
}

/** The evidence of a system without nodes. Nothing of it is missing. */
const NO_NODES: SystemEvidence = {
  replicated: true,
  clock: { start: { atUs: 0, unixUs: 0 }, end: { atUs: 0, unixUs: 0 } },
  subnets: [],
  nodes: [],
  servers: [],
  settling: { settled: true, afterMs: 0, nodes: [] },
};

/** Stores a synthetic run in a directory of its own: every lease is offered to three clients, and given to one. */
export function storeRun(
  directory: string,
  clients: number,
  { name = 'plain', lease = (client) => 100 + client, expect = 'pass', load: stated = {} }: Changes = {},
): void {
  mkdirSync(directory, { recursive: true });
  const load = new SyntheticRun({ name: 'dhcp4', clients });
  for (let client = 0; client < clients; client++) {
    load.lease(client, v4(Math.floor(client / 3)), { given: v4(lease(client)) });
  }
  const journal = JournalWriter.begin(join(directory, STORED.journal), { cases: [load.layout] });
  for (const observation of load.observations) journal.append(observation);
  journal.close();
  const { startedAt, finishedAt, ...facts } = FACTS;
  const scenario = scenarioSchema.parse({
    name,
    description: 'made up',
    expect,
    load: stated,
    checks: ['clientsWithLease >= 100%'],
  });
  const writeJson = (name: string, value: unknown) =>
    writeFileSync(join(directory, name), JSON.stringify(value));
  writeJson(STORED.facts, { ...facts, scenario, schemaVersion: 1, startedAt });
  writeJson(STORED.evidence, {
    ...NOTHING_WRONG,
    finishedAt,
    observations: journal.records,
    journalDigests: digestsOf(join(directory, STORED.journal)),
    system: NO_NODES,
  });
}
