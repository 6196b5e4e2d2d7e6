import { removeDeadRuns, type RemovedRun } from '../../docker/dead-runs.js';
import { connectEngine } from '../../docker/engine.js';

/**
 * Removes what dead runs left in the Docker engine. Without an engine there is nothing to remove.
 * Rejects with the engine's error where the engine does not answer or a removal fails.
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

/** Whether no engine runs, or this user may not use it. Such a user has left nothing in the engine. */
function isNobodyThere(error: unknown): boolean {
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  return ['ENOENT', 'ECONNREFUSED', 'EACCES', 'EPERM'].includes(cause?.code ?? '');
}
