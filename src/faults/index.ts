/**
 * What can be done to the nodes and servers of a run. Each kind of fault is one file and one entry here. The schema of
 * scenarios, the reference and the reports are derived from this table. A kind needs abilities, which the providers
 * give to what they start.
 */
import { ALL_DOWN } from './all-down.js';
import { DELAY } from './delay.js';
import { DUPLICATE } from './duplicate.js';
import type { FaultKind } from './fault.js';
import { FREEZE } from './freeze.js';
import { ISOLATE } from './isolate.js';
import { KILL } from './kill.js';
import { LOSE } from './lose.js';
import { PARTITION } from './partition.js';
import { REORDER } from './reorder.js';
import { ROLLING_RESTART } from './rolling-restart.js';
import { STOP } from './stop.js';
import { WIPE } from './wipe.js';

const FAULT_TABLE = {
  kill: KILL,
  stop: STOP,
  freeze: FREEZE,
  isolate: ISOLATE,
  wipe: WIPE,
  'all-down': ALL_DOWN,
  'rolling-restart': ROLLING_RESTART,
  partition: PARTITION,
  lose: LOSE,
  delay: DELAY,
  duplicate: DUPLICATE,
  reorder: REORDER,
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULT_TABLE;

export const FAULT_NAMES = Object.keys(FAULT_TABLE) as [FaultName, ...FaultName[]];

export function faultKind(name: FaultName): FaultKind {
  return FAULT_TABLE[name];
}

/** The kind of a fault that a run recorded; undefined for a kind of a later version. */
export function recordedKind({ fault }: { fault: string }): FaultKind | undefined {
  const name = FAULT_NAMES.find((one) => one === fault);
  return name && FAULT_TABLE[name];
}

/** Whether a fault, stated or recorded, is one of the links between machines. */
export function isOfLinks(fault: { fault: string }): boolean {
  return recordedKind(fault)?.of.includes('links') === true;
}

/** Whether a fault, stated or recorded, is undone by nobody, and over when it is done. */
export function endsByItself(fault: { fault: string }): boolean {
  const kind = recordedKind(fault);
  return kind !== undefined && kind.undoing === undefined;
}
