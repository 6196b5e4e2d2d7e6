import { HarnessError } from '../errors.js';
import { NoSuchSuite } from './archive/apt.js';
import type { PrivateRootOptions } from './private-root.js';
import type { Programs } from './programs.js';
import { hasAll, requireVersions, suiteWith, type VersionedPart, type Versions } from './suites.js';

/** The files of Kea that every run needs. */
export const KEA_PROGRAMS = ['keaDhcp4', 'keaDhcp6', 'keaMysqlSchema'] as const;

/** What comes from one root together: all that belongs to Kea, and all that belongs to the database server. */
const TOGETHER: readonly { versions: readonly VersionedPart[]; files: readonly (keyof Programs)[] }[] = [
  { versions: ['kea'], files: [...KEA_PROGRAMS, 'keaHooks', 'faketime', 'perfdhcp', 'keaEnvironment'] },
  {
    versions: ['mariadb', 'galera'],
    files: [
      'mariadbd',
      'mariadb',
      'mariadbBinlog',
      'mariadbBasedir',
      'mariadbShare',
      'mariadbCharsets',
      'mariadbPlugins',
      'wsrepProvider',
      // State transfers find their scripts on this path.
      'path',
      'environment',
    ],
  },
];

/**
 * A run's programs with the wanted versions. What the given programs do not have in the wanted version comes from the
 * private root of a suite that has it.
 *
 * @param own the run's programs
 * @param wanted such as `{ kea: '2.6' }`
 * @throws HarnessError PREREQUISITE where a version is not to be had; what `ensure` throws
 */
export async function withVersions(
  own: Programs,
  wanted: Versions,
  ensure: (options: PrivateRootOptions) => Promise<Programs>,
  options: PrivateRootOptions,
): Promise<Programs> {
  let programs = own;
  for (const { versions, files } of TOGETHER) {
    const those = Object.fromEntries(versions.map((part) => [part, wanted[part]]));
    if (hasAll(own.versions, those)) continue;
    const suite = suiteWith(those);
    const other = await ensure({ ...options, suite }).catch((error: unknown) => {
      // A run that needs the suite can't be made here, and others can.
      if (!(error instanceof NoSuchSuite)) throw error;
      const { message, hint = '' } = error;
      throw new HarnessError('PREREQUISITE', message, { hint, cause: error });
    });
    requireVersions(other.versions, those, `the suite ${suite}`);
    const found = Object.fromEntries(versions.map((part) => [part, other.versions[part]]));
    programs = { ...programs, versions: { ...programs.versions, ...found } };
    Object.assign(programs, Object.fromEntries(files.map((what) => [what, other[what]])));
  }
  return programs;
}
