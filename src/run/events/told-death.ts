import type { Death } from '../../evidence/evidence.js';
import type { TargetFault } from '../../scenario/schema/faults.js';
import type { NewRunEvent } from './schema.js';

type DeathEvent = Extract<NewRunEvent, { type: 'death' }>;

/**
 * A death as the event tells it. The fault behind it has a name there, because a reader of events does not have the
 * list of faults.
 */
export function toldDeath(
  { kind, name, how, after, fault, lastLines }: Death,
  faults: readonly Pick<TargetFault, 'fault' | 'on'>[],
): DeathEvent {
  const behind = fault === undefined ? undefined : faults[fault];
  return {
    type: 'death',
    kind,
    name,
    how,
    ...(after === undefined ? {} : { after }),
    ...(behind === undefined ? {} : { fault: { fault: behind.fault, on: behind.on } }),
    lastLines: [...lastLines],
  };
}
