import { constants } from 'node:fs';
import { dirname } from 'node:path';

import { HarnessError, messageOf } from '../../errors.js';
import { namedFile, serverFiles, systemTools } from '../installed.js';
import { withKeaOfEnvironment } from '../kea/installed-kea.js';
import { locate, type Locatable } from '../locate.js';
import { childPath, findOnPath } from '../path.js';
import {
  resolvePercona,
  withPercona,
  type PerconaPrograms,
  type PerconaSettings,
} from '../percona/percona.js';
import { ensurePrivateRoot, type PrivateRootOptions } from '../private-root.js';
import type { Programs, ProgramVersions } from '../programs.js';
import { KEA_PROGRAMS, withVersions } from '../root-of-version.js';
import { requireVersions } from '../suites.js';
import { askVersion, type VersionedProgram } from '../versions.js';

/** The settings of a scenario that name installed programs. */
export interface NamedPrograms {
  /** `percona`: the server comes from an installed Percona XtraDB Cluster, never from the private root. */
  product?: 'mariadb' | 'percona';
  cluster: {
    /** Of the database server, such as `11.8`; by default the version in the machine's own suite. */
    version?: string | undefined;
    /** Of the Galera library, such as `26.4.27`. */
    galeraVersion?: string | undefined;
    mariadbd?: string | undefined;
    mariadb?: string | undefined;
    wsrepProvider?: string | undefined;
    percona?: PerconaSettings | undefined;
    /** `private` where the run needs a private network. */
    network?: 'loopback' | 'private' | undefined;
  };
  kea: {
    /** Such as `2.6`; by default the version in the machine's own suite. */
    version?: string | undefined;
    dhcp4?: string | undefined;
    dhcp6?: string | undefined;
    schema?: string | undefined;
    /** Present where the run needs a proxy. */
    proxy?: 'haproxy' | undefined;
    haproxy?: string | undefined;
  };
}

export interface ResolveOptions extends PrivateRootOptions {
  /** Makes the private root, for what isn't named. `ensurePrivateRoot` by default; tests give another. */
  ensure?: (options: PrivateRootOptions) => Promise<Programs>;
  /** The environment, which may have KEA_CONFORMANCE_KEA and KEA_CONFORMANCE_PERCONA; by default `process.env`. */
  environment?: NodeJS.ProcessEnv;
}

/**
 * The programs of a run: those that the scenario names, and the rest from the private root. The private root isn't
 * made when nothing is left for it. A file that belongs to a named program and isn't named itself is looked for
 * beside that program first, so that versions fit each other: the client, the SQL files and the Galera library beside
 * `cluster.mariadbd`, the other server and the schema beside `kea.dhcp4`.
 *
 * `kea.version` takes Kea, and Kea alone, from the private root that has that version, and `cluster.version` the
 * database. So two runs with different versions of the one differ in nothing else.
 *
 * @throws HarnessError PREREQUISITE naming the setting whose path is wrong, or where the version is not to be had;
 *   what `ensurePrivateRoot` throws
 */
export async function resolvePrograms(
  { kea, ...others }: NamedPrograms,
  options: ResolveOptions = {},
): Promise<Programs> {
  const { ensure = ensurePrivateRoot, environment = process.env, ...rootOptions } = options;
  const named = { ...others, kea: await withKeaOfEnvironment(kea, environment, options.signal) };
  const { percona: settings, wsrepProvider } = named.cluster;
  const percona =
    named.product === 'percona'
      ? await resolvePercona({ ...settings, wsrepProvider }, environment, options.signal)
      : undefined;
  const programs = await resolveOthers(named, { ensure, ...rootOptions }, percona);
  return percona === undefined ? programs : withPercona(programs, percona);
}

async function resolveOthers(
  named: NamedPrograms,
  options: ResolveOptions & Required<Pick<ResolveOptions, 'ensure'>>,
  percona: PerconaPrograms | undefined,
): Promise<Programs> {
  const { ensure: ensureRoot, ...rootOptions } = options;
  const isKeaNamed = named.kea.dhcp4 !== undefined || named.kea.dhcp6 !== undefined;
  const isDatabaseNamed = named.cluster.mariadbd !== undefined || percona !== undefined;
  const { version: mariadbVersion, galeraVersion } = named.cluster;
  const ofDatabase = { mariadb: mariadbVersion, galera: galeraVersion };
  // A named program has a version of its own. One that isn't named comes from the root that has the wanted version.
  const wanted = {
    ...(isKeaNamed ? {} : { kea: named.kea.version }),
    ...(isDatabaseNamed ? {} : ofDatabase),
  };
  const ensure = async (): Promise<Programs> =>
    withVersions(await ensureRoot(rootOptions), wanted, ensureRoot, rootOptions);
  const paths = {
    mariadbd: namedFile('cluster.mariadbd', named.cluster.mariadbd, constants.X_OK),
    mariadb: namedFile('cluster.mariadb', named.cluster.mariadb, constants.X_OK),
    wsrepProvider: namedFile('cluster.wsrepProvider', named.cluster.wsrepProvider, constants.R_OK),
    keaDhcp4: namedFile('kea.dhcp4', named.kea.dhcp4, constants.X_OK),
    keaDhcp6: namedFile('kea.dhcp6', named.kea.dhcp6, constants.X_OK),
    keaMysqlSchema: namedFile('kea.schema', named.kea.schema, constants.R_OK),
    haproxy: namedFile('kea.haproxy', named.kea.haproxy, constants.X_OK),
  };
  if (Object.values(paths).every((path) => path === undefined)) return ensure();

  const beside = {
    mariadbd: prefixOf(paths.mariadbd),
    kea: prefixOf(paths.keaDhcp4 ?? paths.keaDhcp6),
  };
  const mariadb = {
    ...(paths.mariadbd === undefined ? undefined : serverFiles(paths.mariadbd)),
    ...given('mariadb', paths.mariadb ?? found(beside.mariadbd, 'mariadb')),
    ...given('wsrepProvider', paths.wsrepProvider ?? found(beside.mariadbd, 'wsrepProvider')),
  };
  const kea = {
    ...given('keaDhcp4', paths.keaDhcp4 ?? found(beside.kea, 'keaDhcp4')),
    ...given('keaDhcp6', paths.keaDhcp6 ?? found(beside.kea, 'keaDhcp6')),
    ...given('keaMysqlSchema', paths.keaMysqlSchema ?? found(beside.kea, 'keaMysqlSchema')),
    ...(beside.kea === undefined
      ? undefined
      : {
          keaHooks: found(beside.kea, 'keaHooks'),
          faketime: found(beside.kea, 'faketime') ?? locate('/usr', 'faketime'),
        }),
  };
  const tools = { ...installedTools(named), ...given('haproxy', paths.haproxy) };
  const hasTools = neededTools(named).every((tool) => tools[tool] !== undefined);
  const base =
    isComplete(percona?.files ?? mariadb, kea) && hasTools
      ? { ...systemTools(), ...tools, perfdhcp: found(beside.kea, 'perfdhcp') }
      : await ensure();
  const programs = { ...base, ...mariadb, ...kea, ...given('haproxy', paths.haproxy) } as Programs;
  // A Kea outside the root gets only PATH: the rest of the root's environment is for the root's own Kea.
  if (beside.kea !== undefined) programs.keaEnvironment = { PATH: programs.path };
  const versions = await askVersions(programs, base, named, options);
  if (isKeaNamed) requireVersions(versions, { kea: named.kea.version }, programs.keaDhcp4);
  if (isDatabaseNamed) requireVersions(versions, ofDatabase, programs.mariadbd);
  return { ...programs, versions };
}

type Files = Partial<Programs>;

const TOOLS_OF_A_PRIVATE_NETWORK = ['ip', 'nft'] as const;

/** The programs that a run needs beside its servers and nodes. */
function neededTools({ kea, cluster }: NamedPrograms): ('haproxy' | 'ip' | 'nft')[] {
  return [
    ...(kea.proxy === undefined ? [] : (['haproxy'] as const)),
    ...(cluster.network === 'private' ? TOOLS_OF_A_PRIVATE_NETWORK : []),
  ];
}

/** Those of the needed programs that are on PATH. They serve only where the run needs no private root for anything else. */
function installedTools(named: NamedPrograms): Files {
  return Object.assign(
    {},
    ...neededTools(named).map((tool) => given(tool, findOnPath(tool, childPath([])))),
  ) as Files;
}

const MARIADB_FILES = ['mariadbd', 'mariadb', 'mariadbShare', 'mariadbPlugins', 'wsrepProvider'] as const;

function isComplete(mariadb: Files, kea: Files): boolean {
  return (
    MARIADB_FILES.every((file) => mariadb[file] !== undefined) &&
    KEA_PROGRAMS.every((file) => kea[file] !== undefined)
  );
}

async function askVersions(
  programs: Programs,
  base: Partial<Programs>,
  named: NamedPrograms,
  { signal }: ResolveOptions,
): Promise<Programs['versions']> {
  const versions: ProgramVersions = {
    ...(base.versions ?? { kea: 'unknown', mariadb: 'unknown', galera: 'unknown' }),
  };
  if (programs.wsrepProvider !== base.wsrepProvider) versions.galera = 'unknown';
  if (programs.mariadbd !== base.mariadbd) {
    versions.mariadb = await askNamed('cluster.mariadbd', 'mariadbd', programs.mariadbd, signal);
  }
  if (named.cluster.mariadb !== undefined) {
    await askNamed('cluster.mariadb', 'mariadb', programs.mariadb, signal);
  }
  if (programs.keaDhcp4 !== base.keaDhcp4 || programs.keaDhcp6 !== base.keaDhcp6) {
    versions.kea = await askNamed('kea.dhcp4', 'kea-dhcp4', programs.keaDhcp4, signal);
    const other = await askNamed('kea.dhcp6', 'kea-dhcp6', programs.keaDhcp6, signal);
    if (other !== versions.kea) {
      throw new HarnessError(
        'PREREQUISITE',
        `kea.dhcp4 is Kea ${versions.kea} (${programs.keaDhcp4}), kea.dhcp6 is Kea ${other} (${programs.keaDhcp6})`,
        { hint: 'name both servers of the same version: --set kea.dhcp4=… --set kea.dhcp6=…' },
      );
    }
  }
  const isOfRoot = programs.haproxy === base.haproxy && versions.haproxy !== undefined;
  if (programs.haproxy !== undefined && !isOfRoot) {
    versions.haproxy = await askNamed('kea.haproxy', 'haproxy', programs.haproxy, signal);
  }
  return versions;
}

async function askNamed(
  setting: string,
  program: VersionedProgram,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    return await askVersion(program, path, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new HarnessError('PREREQUISITE', `${setting}: ${messageOf(error)}`, {
      hint: `give the path of a ${program} that runs on this machine, or leave ${setting} out`,
      cause: error,
    });
  }
}

function prefixOf(program: string | undefined): string | undefined {
  return program === undefined ? undefined : dirname(dirname(program));
}

function found(prefix: string | undefined, what: Locatable): string | undefined {
  return prefix === undefined ? undefined : locate(prefix, what);
}

/** An object to spread over others. It has the key only where there is a value. */
function given(key: Locatable, value: string | undefined): Files {
  return value === undefined ? {} : { [key]: value };
}
