import { constants, readFileSync } from 'node:fs';

import { HarnessError } from '../../errors.js';
import { namedFile } from '../installed.js';
import type { Found } from './faults.js';
import {
  given,
  nameOf,
  PERCONA_PROVIDER,
  requireLocated,
  settingsFile,
  type PerconaSettings,
} from './settings.js';

/**
 * The replication library that the environment names, if it names one.
 *
 * @throws HarnessError PREREQUISITE where that file can't be read, or is no such library
 */
export function providerOfEnvironment(environment: NodeJS.ProcessEnv): string | undefined {
  const hint = `let ${PERCONA_PROVIDER} name a libgalera_smm.so, or unset it where the installation has its own`;
  const path = namedFile(PERCONA_PROVIDER, given(environment[PERCONA_PROVIDER]), constants.R_OK, hint);
  return path === undefined ? undefined : requireProvider(PERCONA_PROVIDER, path, hint);
}

/**
 * The replication library that a setting names, else the environment, else the one of the installation.
 *
 * @throws HarnessError PREREQUISITE where it is not there, or is no such library
 */
export function providerOf(
  settings: PerconaSettings,
  environment: NodeJS.ProcessEnv,
  installation: Found<string>,
): string {
  const name = nameOf('wsrepProvider');
  const named = settingsFile('wsrepProvider', settings, constants.R_OK);
  if (named !== undefined) return requireProvider(name, named, `correct ${name}`);
  return (
    providerOfEnvironment(environment) ??
    requireProvider(
      'the installation',
      requireLocated('wsrepProvider', 'perconaProvider', installation()),
      `name another: --set ${name}=PATH`,
    )
  );
}

const ELF = Buffer.from('\x7fELF', 'latin1');
/** The function that a server looks up in the library it is given (wsrep API, `wsrep_load`). */
const ENTRY = 'wsrep_loader';

/**
 * Requires that the file is a replication library. A server that is given another file ends at once, and only its log
 * says why.
 */
function requireProvider(name: string, path: string, hint: string): string {
  const content = readFileSync(path);
  if (content.subarray(0, ELF.length).equals(ELF) && content.includes(ENTRY)) return path;
  throw new HarnessError(
    'PREREQUISITE',
    `${name}: ${path} is not a replication library (it has no ${ENTRY})`,
    { hint },
  );
}
