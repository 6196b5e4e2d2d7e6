import { HarnessError } from '../../errors.js';
import { KeaVersion } from './kea-version.js';

/**
 * Which of Debian's suites to ask for a version of Kea. Suites move on, so {@link requireKeaVersion} checks the
 * version that a root really has.
 */
export const KEA_SUITES: Readonly<Record<string, string>> = {
  '2.2': 'bookworm',
  '2.6': 'trixie',
  '3.0': 'sid',
};

const KNOWN = Object.entries(KEA_SUITES)
  .map(([version, suite]) => `${version} (${suite})`)
  .join(', ');

/**
 * The suite to ask for a version such as `2.6` or `2.6.3`.
 * @throws HarnessError PREREQUISITE for a version that no suite is known to have
 */
export function suiteOfKea(wanted: string): string {
  const line = Object.keys(KEA_SUITES).find((known) => new KeaVersion(wanted).isA(known));
  const suite = line === undefined ? undefined : KEA_SUITES[line];
  if (suite !== undefined) return suite;
  throw new HarnessError('PREREQUISITE', `the harness knows no suite with Kea ${wanted}`, {
    hint: `known versions: ${KNOWN}; for others, name installed programs with kea.dhcp4 and kea.dhcp6`,
  });
}

/**
 * Compares the Kea that was found with what `kea.version` asks for.
 *
 * @param where the place where it was found, such as `the suite sid` or `kea.dhcp4`
 * @throws HarnessError PREREQUISITE where the versions don't fit
 */
export function requireKeaVersion(found: string, wanted: string | undefined, where: string): void {
  if (wanted === undefined || new KeaVersion(found).isA(wanted)) return;
  throw new HarnessError('PREREQUISITE', `kea.version is ${wanted}, but ${where} has Kea ${found}`, {
    hint: `set kea.version to ${found}, or leave it out; known suites: ${KNOWN}`,
  });
}
