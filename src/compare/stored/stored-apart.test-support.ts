import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STORED } from '../../store/stored-files.js';
import { storeRun } from '../../store/stored-run.test-support.js';

let stored = 0;

/** Stores a run as `storeRun` does. Each begins at a time of its own, so that no two are the same run. */
export function storeRunApart(...[directory, clients, changes]: Parameters<typeof storeRun>): void {
  storeRun(directory, clients, changes);
  const file = join(directory, STORED.facts);
  const facts = JSON.parse(readFileSync(file, 'utf8')) as { startedAt: string };
  stored += 1;
  const startedAt = new Date(Date.parse(facts.startedAt) - stored * 1_000);
  writeFileSync(file, JSON.stringify({ ...facts, startedAt }));
}
