import { expect, it } from 'vitest';
import { providerVersion } from './describe.js';

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
