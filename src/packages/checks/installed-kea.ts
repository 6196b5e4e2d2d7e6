import { HarnessError } from '../../errors.js';
import { KEA_INSTALLATION, keaOfEnvironment } from '../kea/installed-kea.js';
import type { Check, CheckResults } from './check.js';

/** Checks the Kea that the environment names. There is no check where it names none. */
export function installedKeaChecks(environment: NodeJS.ProcessEnv = process.env): readonly Check[] {
  const named = environment[KEA_INSTALLATION] ?? '';
  return named === '' ? [] : [{ name: 'installed-kea', run: () => checkKea(named, environment) }];
}

async function checkKea(named: string, environment: NodeJS.ProcessEnv): Promise<CheckResults> {
  try {
    const { version = '', dhcp4 = named } = (await keaOfEnvironment(environment, undefined)) ?? {};
    return { ok: true, version, path: dhcp4 };
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return {
      ok: false,
      version: error.message,
      path: named,
      mend: error.hint ?? `unset ${KEA_INSTALLATION}`,
    };
  }
}
