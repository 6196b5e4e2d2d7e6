import type { Path } from '../language/paths.js';
import type { Finding } from '../language/problems.js';

/** A part of Kea's configuration that a scenario must leave to the harness. */
export function cannotBeSet(path: Path, why: string): Finding {
  return { path, at: 'key', message: `${path.join('.')} can't be set: ${why}`, hint: 'leave it out' };
}
