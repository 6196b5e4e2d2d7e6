import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { environmentIn, HOME_MODE } from '../src/kea/configuration-file.js';
import { keaConfiguration, type KeaSettings } from '../src/kea/configuration.js';
import { subnetOf } from '../src/kea/subnets.js';
import { SUITES } from '../src/packages/suites.js';
import { KeaVersion } from '../src/packages/kea/kea-version.js';
import { ensurePrivateRoot } from '../src/packages/private-root.js';
import { CASE_KINDS, type CaseKind } from '../src/protocol/cases.js';
import { test } from './support/test-with-workspace.js';

/** Every setting that a scenario may state of leases. */
const SETTINGS: KeaSettings = {
  validLifetime: 20,
  preferredLifetime: 15,
  renewTimer: 5,
  rebindTimer: 10,
  declineProbationPeriod: 30,
  poolLeases: 512,
  expiredLeases: {
    reclaimTimerWaitTime: 1,
    maxReclaimLeases: 0,
    maxReclaimTime: 0,
    holdReclaimedTime: 0,
    flushReclaimedTimerWaitTime: 0,
  },
  threads: 2,
};

describe.each(Object.keys(SUITES))('Kea of %s', (suite) => {
  test('accepts what a scenario states of leases, and does not accept everything', async ({ workspace }) => {
    const programs = await ensurePrivateRoot({ suite });
    const home = join(workspace.path, 'home');
    mkdirSync(home, { mode: HOME_MODE });

    /** The complaint of `kea-dhcp4 -t FILE`; undefined if it finds no mistake. */
    const complaint = async (kind: CaseKind, change: (configuration: object) => object) => {
      const configuration = keaConfiguration({
        kind,
        version: new KeaVersion(programs.versions.kea),
        settings: SETTINGS,
        subnets: [subnetOf(kind, SETTINGS)],
        listensOn: [kind === 'dhcp4' ? 'lo/127.0.0.1' : 'lo/::1'],
        database: { host: '127.0.0.1', port: 3_306, user: 'kea', password: 'kea', database: 'kea' },
        controlSocket: join(home, 'kea.sock'),
        hooks: programs.keaHooks,
        serverNumber: 1,
      });
      const file = join(home, `${kind}.json`);
      writeFileSync(file, JSON.stringify(change(configuration)));
      const program = kind === 'dhcp4' ? programs.keaDhcp4 : programs.keaDhcp6;
      const env = { ...programs.keaEnvironment, ...environmentIn(home, programs.keaHooks) };
      return promisify(execFile)(program, ['-t', file], { env }).then(
        () => undefined,
        (error: unknown) => {
          const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
          return `${String(error)} ${stdout} ${stderr}`;
        },
      );
    };

    for (const kind of CASE_KINDS) {
      expect(await complaint(kind, (configuration) => configuration)).toBeUndefined();
      const mistaken = (configuration: object) =>
        Object.fromEntries(
          Object.entries(configuration).map(([name, all]) => [name, { ...all, 'valid-lifetimes': 20 }]),
        );
      expect(await complaint(kind, mistaken)).toContain('valid-lifetimes');
    }
  });
});
