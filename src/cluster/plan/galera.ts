import type { Product } from './cluster-plan.js';
import { paragraph, shell } from './parts.js';

/**
 * The account that donates the state. It is that of the system user the server runs as. This user comes in through
 * the socket alone, so the account needs no password (MariaDB documentation, "mariabackup SST Method").
 */
const SST_USER = 'mysql';

/** Waits until the node takes statements (error 1047 until then). The service counts as started a moment earlier. */
const WAIT =
  'for second in $(seq 60); do mariadb --execute="SHOW GLOBAL STATUS LIKE \'wsrep_ready\'" | grep -qw ON && break; sleep 1; done';

/** MariaDB with Galera, from the distribution's own packages. */
export const MARIADB_GALERA: Product = {
  title: 'MariaDB Galera',
  // Debian's package starts a server of its own at once. That server must stop, as it holds the data directory and
  // the port.
  install: (system) =>
    system === 'deb'
      ? [
          'apt-get update',
          'apt-get install -y mariadb-server galera-4 mariadb-backup socat',
          // MariaDB's own packages of 12.3 and later have the scripts and files for Galera in a package of its own.
          '! apt-cache show mariadb-server-galera >/dev/null 2>&1 || apt-get install -y mariadb-server-galera',
          'systemctl stop mariadb',
        ].join('\n')
      : 'dnf install -y mariadb-server-galera mariadb-backup socat\nsystemctl enable mariadb',
  // The file is read after 50-server.cnf, which binds to loopback, and after mariadb-server.cnf: the last setting
  // counts.
  configurationFile: (system) =>
    system === 'deb' ? '/etc/mysql/mariadb.conf.d/99-kea-cluster.cnf' : '/etc/my.cnf.d/zz-kea-cluster.cnf',
  provider: (system) =>
    system === 'deb'
      ? "dpkg-query -L galera-4 | grep '/libgalera_smm.so$'"
      : "rpm -ql galera | grep '/libgalera_smm.so$'",
  options: () => ({
    wsrep_on: 'ON',
    // Unlike rsync, mariabackup lets the donor, and the Kea server on it, go on during the transfer.
    wsrep_sst_method: 'mariabackup',
    wsrep_sst_auth: `${SST_USER}:`,
  }),
  beforeStart: () => [],
  startFirst: `galera_new_cluster\n${WAIT}`,
  afterFirstStart: [
    paragraph(
      `A node hands its state to a joining node with this account. The server's own system user logs in through the socket, without a password.`,
    ),
    shell(
      [
        "mariadb <<'END'",
        `CREATE USER IF NOT EXISTS '${SST_USER}'@'localhost' IDENTIFIED VIA unix_socket;`,
        `GRANT RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR, REPLICA MONITOR ON *.* TO '${SST_USER}'@'localhost';`,
        'END',
      ].join('\n'),
    ),
  ],
  startJoiner: `systemctl restart mariadb\n${WAIT}`,
  client: 'mariadb',
  identifiedBy: 'IDENTIFIED BY',
  afterAllJoined: '',
  restartAll: 'galera_new_cluster',
  service: 'mariadb',
};
