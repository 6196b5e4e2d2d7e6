import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where files and directories lie under an installation prefix such as `/usr`. Each list has the places of several
 * distributions, the likeliest first. `TRIPLET` stands for `x86_64-linux-gnu` and its like.
 */
const PLACES = {
  mariadbd: ['sbin/mariadbd', 'bin/mariadbd', 'libexec/mariadbd', 'sbin/mysqld'],
  mariadb: ['bin/mariadb', 'bin/mysql'],
  mariadbShare: ['share/mariadb', 'share/mysql', 'share'],
  mariadbPlugins: [
    'lib/mysql/plugin',
    'lib/mariadb/plugin',
    'lib/TRIPLET/mariadb/plugin',
    'lib64/mysql/plugin',
    'lib64/mariadb/plugin',
    'lib/plugin',
  ],
  mariadbBinlog: ['bin/mariadb-binlog', 'bin/mysqlbinlog'],
  mysqlBinlog: ['bin/mysqlbinlog'],
  wsrepProvider: [
    'lib/galera/libgalera_smm.so',
    'lib/libgalera_smm.so',
    'lib64/galera-4/libgalera_smm.so',
    'lib/galera-4/libgalera_smm.so',
    'lib64/galera/libgalera_smm.so',
  ],
  keaDhcp4: ['sbin/kea-dhcp4', 'bin/kea-dhcp4'],
  keaDhcp6: ['sbin/kea-dhcp6', 'bin/kea-dhcp6'],
  keaMysqlSchema: ['share/kea/scripts/mysql/dhcpdb_create.mysql'],
  keaHooks: ['lib/TRIPLET/kea/hooks', 'lib/kea/hooks', 'lib64/kea/hooks'],
  perfdhcp: ['sbin/perfdhcp', 'bin/perfdhcp'],
  haproxy: ['sbin/haproxy', 'bin/haproxy'],
  ip: ['bin/ip', 'sbin/ip'],
  nft: ['sbin/nft', 'bin/nft'],
  tc: ['sbin/tc', 'bin/tc'],
  faketime: ['lib/TRIPLET/faketime/libfaketimeMT.so.1', 'lib/faketime/libfaketimeMT.so.1'],
  tcpdump: ['bin/tcpdump', 'sbin/tcpdump'],
  mysqld: ['bin/mysqld', 'sbin/mysqld', 'libexec/mysqld'],
  mysql: ['bin/mysql'],
  mysqlInstallDb: ['bin/mysql_install_db', 'scripts/mysql_install_db'],
  mysqlShare: ['share/percona-xtradb-cluster', 'share/mysql', 'share'],
  mysqlPlugins: ['lib/mysql/plugin', 'lib64/mysql/plugin', 'lib/TRIPLET/mysql/plugin', 'lib/plugin'],
  perconaProvider: [
    'lib/galera4/libgalera_smm.so',
    'lib64/galera4/libgalera_smm.so',
    'lib/galera3/libgalera_smm.so',
    'lib64/galera3/libgalera_smm.so',
    'lib/libgalera_smm.so',
    'lib64/libgalera_smm.so',
  ],
  clientPlugins: ['lib/TRIPLET/libmariadb3/plugin', 'lib/mariadb/plugin'],
} as const satisfies Record<string, readonly string[]>;

export type Locatable = keyof typeof PLACES;

/** Of several directories that exist, the right one holds an entry with this name. */
const HOLDS: Partial<Record<Locatable, RegExp>> = {
  mariadbShare: /^(mysql|mariadb)_system_tables\.sql$/,
  mysqlShare: /^english$/,
};

/** The path of `what` under `prefix`, or undefined if it isn't there. */
export function locate(prefix: string, what: Locatable): string | undefined {
  const places = PLACES[what].flatMap((place) =>
    place.includes('TRIPLET') ? triplets(prefix).map((name) => place.replace('TRIPLET', name)) : [place],
  );
  const holds = HOLDS[what];
  return places
    .map((place) => join(prefix, place))
    .find(
      (path) => existsSync(path) && (holds === undefined || entries(path).some((name) => holds.test(name))),
    );
}

function triplets(prefix: string): string[] {
  return entries(join(prefix, 'lib')).filter((name) => /^\w+-linux-gnu/.test(name));
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
