import { seededRandom } from '../../load/pacing/random.js';
import { candidatesOf } from '../../scenario/fault-support.js';
import type { FaultySystem } from '../../scenario/fault-plan.js';
import type { RandomFaults, TargetFault } from '../../scenario/schema/faults.js';

/**
 * Draws the random faults of a run. The same seed draws the same faults.
 *
 * @returns the faults in the order of time; none overlaps another
 */
export function drawFaults(random: RandomFaults, system: FaultySystem, seed: number): TargetFault[] {
  const draw = seededRandom(seed);
  const candidates = candidatesOf(random, system);
  const {
    count,
    between: [from, until],
    lasting: [shortest, longest],
  } = random;
  const drawn = Array.from({ length: count }, () => ({
    ...candidates[Math.floor(draw() * candidates.length)],
    seconds: shortest + draw() * (longest - shortest),
  }));
  const lastingTogether = drawn.reduce((sum, { seconds }) => sum + seconds, 0);
  // Each fault begins after a part of the time in which there is none.
  const pauses = Array.from({ length: count }, () => draw() * (until - from - lastingTogether)).sort(
    (one, other) => one - other,
  );
  let before = from;
  return drawn.flatMap(({ fault, on, seconds }, index) => {
    if (fault === undefined || on === undefined) return [];
    const at = round(before + (pauses[index] ?? 0));
    before += seconds;
    return [{ fault, on, at, undo: round(at + seconds) }];
  });
}

/** To milliseconds, so that a report can say when a fault was due. */
function round(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
