import type { Programs } from '../../packages/programs.js';
import type { Options } from './options.js';

/** What differs between the server programs, MariaDB's and MySQL's, whatever replicates between several of them. */
export interface DatabaseServer {
  /** For people, before its version: `MariaDB`. */
  product: string;
  /** Options that the scenario's settings may change. */
  defaults: Options;
  /** What keeps it to its own directory (`home`, where its socket lies) and ports; nothing changes them. */
  ownOptions(home: string): Options;
  /** For a server whose data need not survive a crash: it waits for no disk. */
  hurriedArguments: readonly string[];
  /**
   * What makes the system tables of an empty data directory.
   * Errors: PREREQUISITE, naming what the installation lacks.
   */
  initialisation(initialising: Initialising): Promise<Initialisation>;
  inImage: ServerInImage;
  /** For the server that prepares the data directory, so that `firstUser` gets in. */
  preparingArguments: readonly string[];
  /** Who may make accounts in a new data directory, through its socket and without a password. */
  firstUser: string;
  /** Makes the run's accounts; whoever else is in a new data directory is removed, but for `ownAccounts`. */
  accountStatements(accounts: Accounts): readonly Statement[];
  /** Whether the server needs this account itself. */
  isOwnAccount(user: string): boolean;
  /** Files of the prepared data directory that belong to one server alone, so that no node must get a copy. */
  notToCopy: readonly string[];
}

/** The server in an image that has it installed: its programs are on PATH. */
export interface ServerInImage {
  server: string;
  client: string;
  /** A shell command that makes the system tables, of the directory `$data`. */
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

export interface Accounts {
  /** Gets everything on `database`, nothing beyond. */
  kea: string;
  /** Gets everything. */
  admin: string;
  /** Of both. */
  password: string;
  database: string;
}

/** SQL, and a value for each `?` in it. */
export type Statement = readonly [sql: string, ...values: string[]];

/** The grants of the run's accounts, in words that every server has understood since MySQL 5.6. */
export function grants({ kea, admin, database }: Accounts): Statement[] {
  return [
    [`GRANT ALL ON ${database}.* TO ?@'%'`, kea],
    ["GRANT ALL ON *.* TO ?@'%' WITH GRANT OPTION", admin],
  ];
}
