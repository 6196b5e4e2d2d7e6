import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_WRONG } from '../judgement/synthetic.test-support.js';
import type { Evidence } from '../evidence/evidence.js';
import { scenarioSchema } from '../scenario/schema.js';
import { storedAudit } from './stored-audit.js';

const TEXT = '["address","subnet_id"]\n';
const SCENARIO = scenarioSchema.parse({ name: 'mine', description: 'made up' });
const NODES = ['node-1', 'node-2'];
let directory: string;

const fileOf = (node: string) => join('lease-rows', `${node}.lease4.jsonl`);

/** Two nodes with the same rows. */
const EVIDENCE = {
  ...NOTHING_WRONG,
  system: {
    nodes: NODES.map((name) => ({
      name,
      leases: {
        lease4: {
          seen: { file: fileOf(name), rows: 0, digest: createHash('sha256').update(TEXT).digest('hex') },
        },
        lease6: { failed: 'not asked' },
      },
    })),
  },
} as unknown as Evidence;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stored-audit-'));
  mkdirSync(join(directory, 'lease-rows'));
  for (const node of NODES) writeFileSync(join(directory, fileOf(node)), TEXT);
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the lease tables of a run directory', () => {
  it('are used where every file has the digest that its node reported', () => {
    expect(storedAudit(directory, { seed: 0 }, EVIDENCE, SCENARIO)).toMatchObject({
      system: EVIDENCE.system,
    });
  });

  it.each<[string, (path: string) => void]>([
    ['missing', (path) => rmSync(path)],
    ['cut off', (path) => truncateSync(path, 3)],
    ['another', (path) => writeFileSync(path, '["address"]\n')],
  ])('are refused where one is %s, also if a node with the same rows has its own', (_what, damage) => {
    damage(join(directory, fileOf('node-2')));
    expect(() => storedAudit(directory, { seed: 0 }, EVIDENCE, SCENARIO)).toThrow(
      expect.objectContaining({ code: 'SOURCE' }),
    );
  });
});
