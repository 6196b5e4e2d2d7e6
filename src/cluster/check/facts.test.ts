import { expect, test } from 'vitest';
import { kindOf } from './facts.js';

test.each([
  [{ wsrep_on: 'ON', wsrep_provider: '/usr/lib/galera/libgalera_smm.so' }, 'galera'],
  [
    { wsrep_on: 'ON', wsrep_provider: '/usr/lib/galera4/libgalera_smm.so', pxc_strict_mode: 'ENFORCING' },
    'percona',
  ],
  // Every MariaDB has the variables.
  [{ wsrep_on: 'OFF', wsrep_provider: 'none' }, 'plain'],
  [{ wsrep_on: 'ON', wsrep_provider: 'none' }, 'plain'],
  [{ wsrep_on: 'OFF', wsrep_provider: '/usr/lib/galera/libgalera_smm.so' }, 'plain'],
  [{}, 'plain'],
])('%j is %s', (variables, kind) => expect(kindOf(variables as Record<string, string>)).toBe(kind));
