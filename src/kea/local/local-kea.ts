import { ensurePrivateRoot, type PrivateRootOptions } from '../../packages/private-root.js';
import type { Programs } from '../../packages/programs.js';
import { withVersions } from '../../packages/root-of-version.js';
import type { Scenario } from '../../scenario/schema.js';
import { KeasOfRun, type KeaOfRun } from '../versions/keas-of-run.js';

/** A Kea of this machine, with the other programs that a server of it needs. */
export interface LocalKea extends KeaOfRun {
  programs: Programs;
}

/**
 * The Keas of a run on this machine. Those that servers want in another version come from the private roots that have them.
 *
 * @param own the programs of all other servers
 * @throws HarnessError PREREQUISITE where a version is not to be had; what `ensurePrivateRoot` throws
 */
export function resolveLocalKeas(
  own: Programs,
  scenario: Scenario,
  options: PrivateRootOptions,
): Promise<KeasOfRun<LocalKea>> {
  const kea = (programs: Programs): LocalKea => ({ version: programs.versions.kea, programs });
  return KeasOfRun.resolve(kea(own), scenario, async (wanted) =>
    kea(await withVersions(own, { kea: wanted }, ensurePrivateRoot, options)),
  );
}
