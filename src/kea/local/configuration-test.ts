import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from '../../packages/archive/child.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import type { Programs } from '../../packages/programs.js';
import type { Finding } from '../../scenario/language/problems.js';
import type { Scenario } from '../../scenario/schema.js';
import { refusedByKea } from '../checked/refused.js';
import { environmentIn, HOME_MODE } from '../configuration-file.js';

/** What the Kea of this machine refuses of the configuration that a scenario states. */
export async function refusedByInstalledKea(
  scenario: Scenario,
  programsOf: (version: string | undefined) => Programs,
  signal: AbortSignal,
): Promise<Finding[]> {
  const home = mkdtempSync(join(tmpdir(), 'klc-configuration-'));
  chmodSync(home, HOME_MODE);
  try {
    return await refusedByKea(scenario, (wanted) => {
      const { keaDhcp4, keaDhcp6, keaHooks, keaEnvironment, versions } = programsOf(wanted);
      return {
        version: new KeaVersion(versions.kea),
        hooks: keaHooks,
        home,
        run: async (family, configuration) => {
          const file = join(home, 'kea.json');
          writeFileSync(file, configuration, { mode: 0o600 });
          const { code, stdout, stderr } = await runChild(family === 4 ? keaDhcp4 : keaDhcp6, ['-t', file], {
            signal,
            cwd: home,
            environment: { ...keaEnvironment, ...environmentIn(home, keaHooks) },
          });
          return { code, output: `${stdout}\n${stderr}` };
        },
      };
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
