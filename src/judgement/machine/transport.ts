import type { Evidence } from '../../evidence/evidence.js';
import type { TransportFigures } from '../../results/transport.js';

export function transportFigures({
  clockSteps,
  ...how
}: NonNullable<Evidence['transport']>): TransportFigures {
  return { ...how, clockSteps: clockSteps.map(({ atUs, byUs }) => ({ atUs, byMs: byUs / 1_000 })) };
}
