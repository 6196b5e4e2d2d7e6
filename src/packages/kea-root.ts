import { requireKeaVersion, suiteOfKea } from './kea-suites.js';
import { KeaVersion } from './kea-version.js';
import type { PrivateRootOptions } from './private-root.js';
import type { Programs } from './programs.js';

/** What no run can do without of Kea. */
export const KEA_PROGRAMS = ['keaDhcp4', 'keaDhcp6', 'keaMysqlSchema'] as const;

/** What comes from the same root as Kea itself. */
const OF_KEA = [...KEA_PROGRAMS, 'keaHooks', 'perfdhcp', 'keaEnvironment'] as const;

/**
 * The machine's own root, with the Kea of another suite's where that has the version wanted and the own has not.
 *
 * @param wanted such as `2.6`; undefined for whatever the own root has
 * @throws HarnessError PREREQUISITE where the version is not to be had; what `ensure` throws
 */
export async function withKeaOfVersion(
  wanted: string | undefined,
  ensure: (options: PrivateRootOptions) => Promise<Programs>,
  options: PrivateRootOptions,
): Promise<Programs> {
  const own = await ensure(options);
  if (wanted === undefined || new KeaVersion(own.versions.kea).isA(wanted)) return own;
  const suite = suiteOfKea(wanted);
  const other = await ensure({ ...options, suite });
  requireKeaVersion(other.versions.kea, wanted, `the suite ${suite}`);
  const programs = { ...own, versions: { ...own.versions, kea: other.versions.kea } };
  return Object.assign(programs, Object.fromEntries(OF_KEA.map((what) => [what, other[what]])));
}
