import { removeDeadRuns, type RemovedRun } from '../docker/dead-runs.js';
import { connectEngine } from '../docker/engine.js';
import { HarnessError } from '../errors.js';

/**
 * Removes what dead runs left in the Docker engine, if one answers: without an engine there is nothing to remove.
 * Rejects with the engine's error where it answers and does not remove.
 */
export async function removeDeadContainers(): Promise<RemovedRun[]> {
  let engine;
  try {
    engine = await connectEngine();
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'PREREQUISITE') return [];
    throw error;
  }
  return removeDeadRuns(engine);
}
