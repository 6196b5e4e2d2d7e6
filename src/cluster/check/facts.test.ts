import { expect, test } from 'vitest';
import { kindOf } from './facts.js';

type Named = Readonly<Record<string, string>>;

const LOADED = { wsrep_provider_name: 'Galera', wsrep_cluster_size: '3', wsrep_cluster_status: 'Primary' };
/** What MariaDB says without a replication library: it has the variables all the same. */
const NONE = { wsrep_provider_name: '', wsrep_cluster_size: '0', wsrep_cluster_status: 'Disconnected' };
const PXC_56 = 'Percona XtraDB Cluster (GPL), Release rel29, Revision 1bdc4e6, WSREP version 25.3';

test.each<[string, Named, Named]>([
  ['galera', LOADED, { wsrep_on: 'ON', version_comment: 'Debian 12' }],
  // Percona from 5.7 on: wsrep_on is a session variable, so SHOW GLOBAL VARIABLES does not show it.
  ['percona', LOADED, { pxc_strict_mode: 'ENFORCING', version_comment: PXC_56 }],
  ['percona', LOADED, { pxc_strict_mode: 'ENFORCING' }],
  // Percona 5.6 has no strict mode.
  ['percona', LOADED, { wsrep_on: 'ON', version_comment: PXC_56 }],
  // A node that is cut off is still a Galera node.
  ['galera', { ...LOADED, wsrep_cluster_size: '1', wsrep_cluster_status: 'non-Primary' }, { wsrep_on: 'ON' }],
  ['plain', NONE, { wsrep_on: 'OFF', wsrep_provider: 'none' }],
  ['plain', NONE, { wsrep_on: 'ON', wsrep_provider: 'none' }],
  ['plain', { ...NONE, wsrep_provider_name: 'none' }, {}],
  // A server whose wsrep_on was switched off while it runs does not replicate what is written.
  ['plain', LOADED, { wsrep_on: 'OFF', wsrep_provider: '/usr/lib/galera/libgalera_smm.so' }],
  // A distribution's MySQL has none of the wsrep variables.
  ['plain', {}, { version_comment: 'MySQL Community Server - GPL' }],
])('%s: a server with %j and %j', (kind, status, variables) => expect(kindOf(status, variables)).toBe(kind));
