import { requireKeaVersion, suiteOfKea } from './kea-suites.js';
import { KeaVersion } from './kea-version.js';
import type { PrivateRootOptions } from '../private-root.js';
import type { Programs } from '../programs.js';

/** The files of Kea that every run needs. */
export const KEA_PROGRAMS = ['keaDhcp4', 'keaDhcp6', 'keaMysqlSchema'] as const;

/** Everything that comes from the same root as Kea itself. */
const OF_KEA = [...KEA_PROGRAMS, 'keaHooks', 'faketime', 'perfdhcp', 'keaEnvironment'] as const;

/**
 * The programs of the machine's own root. If its Kea does not have the wanted version, Kea comes from the root of a
 * suite that has this version.
 *
 * @param wanted such as `2.6`; undefined for the Kea of the machine's own root
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
