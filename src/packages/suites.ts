import { HarnessError } from '../errors.js';
import { isA } from '../versions.js';

/**
 * Debian's suites, and the versions known to be in them. Suites move on, so {@link requireVersion} checks the version that
 * a private root really has.
 */
export const SUITES = {
  bookworm: { kea: '2.2', mariadb: '10.11', galera: '26.4.23' },
  trixie: { kea: '2.6', mariadb: '11.8', galera: '26.4.23' },
  sid: { kea: '3.0', mariadb: '11.8', galera: '26.4.27' },
} as const satisfies Readonly<Record<string, Record<VersionedPart, string>>>;

/** What a scenario can want in a version: Kea, the database server, and its replication library. */
export type VersionedPart = 'kea' | 'mariadb' | 'galera';

const PARTS: Readonly<Record<VersionedPart, { name: string; setting: string; named: string }>> = {
  kea: {
    name: 'Kea',
    setting: 'kea.version',
    named: 'kea.dhcp4 and kea.dhcp6, or a whole installation with KEA_CONFORMANCE_KEA',
  },
  mariadb: { name: 'MariaDB', setting: 'cluster.version', named: 'cluster.mariadbd' },
  galera: { name: 'Galera', setting: 'cluster.galeraVersion', named: 'cluster.wsrepProvider' },
};

/** Versions that are wanted, such as `{ kea: '2.6' }`, or that were found. */
export type Versions = Partial<Record<VersionedPart, string | undefined>>;

/** Whether all versions that are wanted are there. */
export function hasAll(found: Versions, wanted: Versions): boolean {
  return partsOf(wanted).every((part) => isA(found[part] ?? '', wanted[part] ?? ''));
}

/**
 * The suite to ask for versions such as `2.6` or `2.6.3`.
 *
 * @throws HarnessError PREREQUISITE for versions that no suite is known to have together; the hint lists what there is
 */
export function suiteWith(wanted: Versions): string {
  const suite = Object.entries(SUITES).find(([, known]) =>
    partsOf(wanted).every((part) => isA(wanted[part] ?? '', known[part])),
  );
  if (suite !== undefined) return suite[0];
  const parts = partsOf(wanted);
  const what = parts
    .map((part) => `${PARTS[part].name} ${wanted[part]} (${PARTS[part].setting})`)
    .join(' and ');
  const named = parts.map((part) => PARTS[part].named).join(', ');
  throw new HarnessError('PREREQUISITE', `the harness knows no suite with ${what}`, {
    hint: `known versions: ${knownOf(parts)}; for others, name installed programs with ${named}`,
  });
}

/**
 * Compares the versions that were found with those that are wanted.
 *
 * @param where the place where they were found, such as `the suite sid` or the path of a program
 * @throws HarnessError PREREQUISITE where a version doesn't fit
 */
export function requireVersions(found: Versions, wanted: Versions, where: string): void {
  for (const part of partsOf(wanted)) {
    const [is, should = ''] = [found[part] ?? 'unknown', wanted[part]];
    if (isA(is, should)) continue;
    const { name, setting } = PARTS[part];
    throw new HarnessError('PREREQUISITE', `${setting} is ${should}, but ${where} has ${name} ${is}`, {
      hint: `set ${setting} to ${is}, or leave it out; known suites: ${knownOf([part])}`,
    });
  }
}

function partsOf(wanted: Versions): VersionedPart[] {
  return (Object.keys(PARTS) as VersionedPart[]).filter((part) => wanted[part] !== undefined);
}

/** Such as `2.2 (bookworm), 2.6 (trixie)`. A database server is named with its replication library. */
function knownOf(parts: readonly VersionedPart[]): string {
  return Object.entries(SUITES)
    .map(([suite, { kea, mariadb, galera }]) => {
      const versions = parts.includes('kea') ? kea : `${mariadb} with Galera ${galera}`;
      return `${versions} (${suite})`;
    })
    .join(', ');
}
