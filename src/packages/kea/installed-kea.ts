import { join, resolve } from 'node:path';
import { HarnessError, messageOf } from '../../errors.js';
import { isA } from '../../versions.js';
import { locate } from '../locate.js';
import { askVersion } from '../versions.js';

/** Names an installed Kea: the directory above `sbin/kea-dhcp4`. */
export const KEA_INSTALLATION = 'KEA_CONFORMANCE_KEA';

/** The settings of a scenario that name an installed Kea, or want a version of it. */
export interface NamedKea {
  version?: string | undefined;
  dhcp4?: string | undefined;
  dhcp6?: string | undefined;
  schema?: string | undefined;
}

/** The programs of an installed Kea, and its version. */
export interface InstalledKea {
  dhcp4: string;
  dhcp6: string;
  schema: string;
  version: string;
}

/**
 * The Kea that the environment names, if it names one.
 *
 * @throws HarnessError PREREQUISITE where it is not whole, or does not run
 */
export async function keaOfEnvironment(
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<InstalledKea | undefined> {
  const named = environment[KEA_INSTALLATION] ?? '';
  if (named === '') return undefined;
  const prefix = resolve(named);
  const wrong = (what: string, cause?: unknown): HarnessError =>
    new HarnessError('PREREQUISITE', `${KEA_INSTALLATION}: ${what}`, {
      hint: `let ${KEA_INSTALLATION} name the directory above sbin/kea-dhcp4, or unset it`,
      cause,
    });
  const find = (what: 'keaDhcp4' | 'keaDhcp6' | 'keaMysqlSchema', usual: string): string => {
    const path = locate(prefix, what);
    if (path === undefined) throw wrong(`there is no ${join(prefix, usual)}`);
    return path;
  };
  const dhcp4 = find('keaDhcp4', 'sbin/kea-dhcp4');
  const dhcp6 = find('keaDhcp6', 'sbin/kea-dhcp6');
  const schema = find('keaMysqlSchema', 'share/kea/scripts/mysql/dhcpdb_create.mysql');
  try {
    return { dhcp4, dhcp6, schema, version: await askVersion('kea-dhcp4', dhcp4, { signal }) };
  } catch (error) {
    signal?.throwIfAborted();
    throw wrong(messageOf(error), error);
  }
}

/**
 * What a scenario names of Kea, with the Kea that the environment names as its default. A scenario that wants another
 * version gets it from a private root.
 */
export async function withKeaOfEnvironment<T extends NamedKea>(
  named: T,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (named.dhcp4 !== undefined || named.dhcp6 !== undefined) return named;
  const installed = await keaOfEnvironment(environment, signal);
  if (installed === undefined) return named;
  const { version, ...programs } = installed;
  if (named.version !== undefined && !isA(version, named.version)) return named;
  return { ...named, ...programs, ...(named.schema === undefined ? {} : { schema: named.schema }) };
}
