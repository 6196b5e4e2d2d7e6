import { HarnessError } from '../errors.js';
import type { Scenario } from '../scenario/schema.js';
import type { Preparing } from './provider.js';

/**
 * The nodes' binary logs can't be printed. A scenario that asks for the history is refused; one that would have it by
 * default runs without, and says so.
 *
 * @throws HarnessError PREREQUISITE
 */
export function withoutHistory(
  { cluster }: { cluster: Pick<Scenario['cluster'], 'commitHistory'> },
  { onProgress }: Preparing,
  { lacking, hint }: { lacking: string; hint: string },
): void {
  if (cluster.commitHistory === true)
    throw new HarnessError('PREREQUISITE', `cluster.commitHistory: ${lacking}`, { hint });
  onProgress({ message: `Without the history of commits, as ${lacking}` });
}
