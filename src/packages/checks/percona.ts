import { HarnessError, messageOf } from '../../errors.js';
import { PERCONA_INSTALLATION, resolvePercona } from '../percona.js';
import { PerconaVersion } from '../percona-version.js';
import type { Check, CheckResult } from './check.js';

/** What KEA_CONFORMANCE_PERCONA names; no check where it names nothing, as only the flavor percona needs it. */
export function perconaChecks(environment: NodeJS.ProcessEnv = process.env): readonly Check[] {
  const installation = environment[PERCONA_INSTALLATION] ?? '';
  if (installation === '') return [];
  return [{ name: 'percona', run: () => checkPercona(installation, environment) }];
}

async function checkPercona(installation: string, environment: NodeJS.ProcessEnv): Promise<CheckResult> {
  try {
    const { version, files } = await resolvePercona({}, environment, undefined);
    return { ok: true, version: new PerconaVersion(version).text, path: files.mariadbd };
  } catch (error) {
    const mend = error instanceof HarnessError ? error.hint : undefined;
    const elsewhere = `unset ${PERCONA_INSTALLATION}, or let it name the directory above bin/mysqld`;
    return { ok: false, version: messageOf(error), path: installation, mend: mend ?? elsewhere };
  }
}
