import type { HarnessError } from '../../errors.js';
import { inspectPercona, PERCONA_INSTALLATION, PERCONA_PROVIDER } from '../percona/percona.js';
import { Faults } from '../percona/faults.js';
import { providerOfEnvironment } from '../percona/provider.js';
import type { Check, CheckResult, CheckResults } from './check.js';

/**
 * Checks the Percona XtraDB Cluster that the environment names. There is no check where the environment names none,
 * because only the flavor `percona` needs one.
 */
export function perconaChecks(environment: NodeJS.ProcessEnv = process.env): readonly Check[] {
  const { [PERCONA_INSTALLATION]: installation = '', [PERCONA_PROVIDER]: provider = '' } = environment;
  if (installation !== '') return [{ name: 'percona', run: () => checkPercona(installation, environment) }];
  // A scenario may name the installation, and still use the replication library that the environment names.
  if (provider !== '') return [{ name: 'percona', run: () => checkProvider(provider, environment) }];
  return [];
}

async function checkPercona(installation: string, environment: NodeJS.ProcessEnv): Promise<CheckResults> {
  const found = await inspectPercona({}, environment, undefined);
  if (!('faults' in found)) return { ok: true, version: found.version, path: found.files.mariadbd };
  const elsewhere = `unset ${PERCONA_INSTALLATION}, or let it name the directory above bin/mysqld`;
  return found.faults.map((fault) => resultOf(fault, installation, elsewhere));
}

function checkProvider(provider: string, environment: NodeJS.ProcessEnv): CheckResults {
  const faults = new Faults();
  const path = faults.of(() => providerOfEnvironment(environment) ?? provider);
  if (faults.all.length === 0) return { ok: true, version: 'replication library', path: path() };
  return faults.all.map((fault) => resultOf(fault, provider, `unset ${PERCONA_PROVIDER}`));
}

function resultOf(fault: HarnessError, path: string, mend: string): CheckResult {
  return { ok: false, version: fault.message, path, mend: fault.hint ?? mend };
}
