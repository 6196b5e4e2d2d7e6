import { expect, it } from 'vitest';
import { providerVersion, settingsIn } from './describe.js';
import { GALERA } from './flavors/galera.js';

const MARIADB = '10.11.19-MariaDB-0+deb12u1';

it.each([
  ['4.23(r7b5f5ee)', MARIADB, '26.4.23'],
  ['26.4.23(r7b5f5ee)', MARIADB, '26.4.23'],
  ['3.37', MARIADB, '25.3.37'],
  ['3.26(rac090bc)', '5.7.22-22-29.26-log', '3.26'],
  ['', MARIADB, ''],
  ['unknown', MARIADB, 'unknown'],
])('the provider %j of %s is version %j', (said, server, version) => {
  expect(providerVersion(said, server)).toBe(version);
});

it('options of the provider are settings like the variables, and the long text of all of them is none', () => {
  const variables = {
    wsrep_sync_wait: '0',
    wsrep_provider_options:
      'evs.suspect_timeout = PT5S; gcs.fc_limit = 16; pc.ignore_quorum = true; pc.ignore_sb = false; pc.weight = 1; ',
  };
  expect(settingsIn(variables, GALERA.settingsThatMatter)).toEqual({
    wsrep_sync_wait: '0',
    'evs.suspect_timeout': 'PT5S',
    'gcs.fc_limit': '16',
    'pc.ignore_quorum': 'true',
    'pc.ignore_sb': 'false',
  });
  expect(settingsIn({ tx_isolation: 'READ-COMMITTED' }, [])).toEqual({ tx_isolation: 'READ-COMMITTED' });
});
