import { removeDeadRuns, type RemovedRun } from '../docker/dead-runs.js';
import { connectEngine } from '../docker/engine.js';

/**
 * Removes what dead runs left in the Docker engine, if one runs: without an engine there is nothing to remove.
 * Rejects with the engine's error where it does not answer or does not remove.
 */
export async function removeDeadContainers(): Promise<RemovedRun[]> {
  let engine;
  try {
    engine = await connectEngine();
  } catch (error) {
    if (isNobodyThere(error)) return [];
    throw error;
  }
  return removeDeadRuns(engine);
}

/** No engine, or none that this user may use, who then has left nothing in it. */
function isNobodyThere(error: unknown): boolean {
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  return ['ENOENT', 'ECONNREFUSED', 'EACCES', 'EPERM'].includes(cause?.code ?? '');
}
