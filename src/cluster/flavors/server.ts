import type { Programs } from '../../packages/programs.js';
import type { Options } from './options.js';

/** What differs between the server programs of MariaDB and MySQL, without the replication between several servers. */
export interface DatabaseServer {
  /** The product's name for people, such as `MariaDB`. The version follows it. */
  product: string;
  /** Options that the scenario's settings may change. */
  defaults: Options;
  /**
   * Options that keep the server to its own ports and to `home`, the directory of its socket. They win over the
   * scenario's settings.
   */
  ownOptions(home: string): Options;
  /** Arguments for a server whose data need not survive a crash. With them it does not wait for the disk. */
  hurriedArguments: readonly string[];
  /**
   * The program that makes the system tables in an empty data directory.
   * Errors: PREREQUISITE, naming what the installation lacks.
   */
  initialisation(initialising: Initialising): Promise<Initialisation>;
  inImage: ServerInImage;
  /** Arguments for the server that prepares the data directory. They let `firstUser` in. */
  preparingArguments: readonly string[];
  /** The user that may make accounts in a new data directory, through the socket and without a password. */
  firstUser: string;
  /**
   * The authentication plugin of accounts that log in over the network, as `accountStatements` makes them.
   */
  accountPlugin: AccountPlugin;
  /**
   * Statements that make the run's accounts. {@link isOwnAccount} says which other accounts of a new data directory
   * stay.
   */
  accountStatements(accounts: Accounts): readonly Statement[];
  /** Whether the server needs this account itself. */
  isOwnAccount(user: string): boolean;
  /** Files of the prepared data directory that belong to one server alone. No node gets a copy of them. */
  notToCopy: readonly string[];
}

/** The server in an image that has it installed: its programs are on PATH. */
export interface ServerInImage {
  server: string;
  client: string;
  /** Prints binary logs. */
  printLog: string;
  /** A shell command that makes the system tables in the directory `$data`. */
  initialise: string;
}

export interface Initialising {
  programs: Programs;
  optionFile: string;
  dataDirectory: string;
}

/** A program to be run to its end. */
export interface Initialisation {
  command: string;
  args: readonly string[];
  /** Statements for its standard input. */
  input: string;
}

/** A way to log in (MariaDB and MySQL manuals, "Authentication Plugins"). */
export type AccountPlugin = 'mysql_native_password' | 'caching_sha2_password';

export interface Accounts {
  /** The user that gets all rights on `database`, and none elsewhere. */
  kea: string;
  /** The user that gets all rights. */
  admin: string;
  /** The user that a proxy's checks log in as, without rights and without a password; absent without a proxy. */
  check?: string | undefined;
  /** The password of the users that have rights. */
  password: string;
  database: string;
}

/** SQL, and a value for each `?` in it. */
export type Statement = readonly [sql: string, ...values: string[]];

/** The run's accounts, each with its password. */
export function accountsToMake({
  kea,
  admin,
  check,
  password,
}: Accounts): [user: string, password: string][] {
  return [
    [kea, password],
    [admin, password],
    ...(check === undefined ? [] : [[check, ''] as [string, string]]),
  ];
}

/** The grants of the run's accounts, in SQL that every server has understood since MySQL 5.6. */
export function grants({ kea, admin, database }: Accounts): Statement[] {
  return [
    [`GRANT ALL ON ${database}.* TO ?@'%'`, kea],
    ["GRANT ALL ON *.* TO ?@'%' WITH GRANT OPTION", admin],
  ];
}
