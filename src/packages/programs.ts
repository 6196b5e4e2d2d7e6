/** Where the programs of a run are, all paths absolute, and what they need to be started. */
export interface Programs {
  /** The private root they are in; undefined when every one of them was named. */
  root: string | undefined;

  /**
   * The database server: MariaDB's, or Percona's mysqld for the flavor `percona`. The client, directories and library
   * below belong to the same server. Start it with `--basedir`, `--lc-messages-dir`, `--character-sets-dir` and
   * `--plugin-dir`.
   */
  mariadbd: string;
  /** The command-line client. */
  mariadb: string;
  /** Prints binary logs; undefined where the installation has nothing that does. */
  mariadbBinlog?: string | undefined;
  /** For `--basedir`: the directory above `bin` and `sbin`. */
  mariadbBasedir: string;
  /**
   * For `--lc-messages-dir`: holds `english/errmsg.sys` and, for MariaDB, the SQL files that are fed to
   * `--bootstrap`.
   */
  mariadbShare: string;
  /** For `--character-sets-dir`. */
  mariadbCharsets: string;
  /** For `--plugin-dir`. */
  mariadbPlugins: string;
  /** The Galera library, for `wsrep_provider`. */
  wsrepProvider: string;
  /** Percona's mysql_install_db, with which 5.6 makes its system tables; undefined elsewhere. */
  mysqlInstallDb?: string | undefined;

  keaDhcp4: string;
  keaDhcp6: string;
  /** `dhcpdb_create.mysql` of the same Kea. */
  keaMysqlSchema: string;
  /** The directory of Kea's hook libraries, for `KEA_HOOKS_PATH`; undefined where a named Kea has none. */
  keaHooks: string | undefined;
  /** libfaketime, which gives a server another clock; of the same C library as Kea. Undefined where there is none. */
  faketime?: string | undefined;
  /** Undefined when every program was named and none is installed. */
  perfdhcp: string | undefined;
  /** Undefined when every program was named, none is installed, and the run needs none. */
  haproxy: string | undefined;
  /** Makes the links of a private network. Undefined as for `haproxy`. */
  ip: string | undefined;
  /** Sets the queues of a private network's links. Undefined as for `haproxy`. */
  tc: string | undefined;
  /** Sets the rules of a private network. Undefined as for `haproxy`. */
  nft: string | undefined;
  /** Shows what passes on a private network. Undefined when every program was named, and none is installed. */
  tcpdump: string | undefined;

  /** PATH for the servers and what they start: the root's directories, then this process's. */
  path: string;
  /** Environment for the database servers and clients, PATH included. */
  environment: Record<string, string>;
  /** Environment for Kea, PATH included. Kea may come from another root than the database server. */
  keaEnvironment: Record<string, string>;

  versions: ProgramVersions;
}

export interface ProgramVersions {
  /** Such as `2.2.0`. */
  kea: string;
  /** The database server's, such as `10.11.19`. */
  mariadb: string;
  /** The provider library's, such as `26.4.23`; `unknown` where a named library doesn't tell. */
  galera: string;
  /** Such as `2.6.12`; absent where there is none. */
  haproxy?: string | undefined;
}
