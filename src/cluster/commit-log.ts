import { join } from 'node:path';
import type { Options } from './flavors/options.js';

/** A node's binary log: each committed change of a row, in the order of the commits. */
export interface CommitLog {
  /** Where its files are. They are outside of the data directory, which a full state transfer replaces. */
  directory: string;
  /** Tells in each node's log through which node a change was made. */
  serverId: number;
  /**
   * Prints a file of it, and gives each line to `line`, in Latin-1.
   *
   * @returns what the program complained of; undefined where it printed the whole file
   */
  print: (file: string, line: (text: string) => void, signal: AbortSignal) => Promise<string | undefined>;
}

/** With these, mariadb-binlog(1) and mysqlbinlog(1) print the rows of a file, which is the next argument. */
export const PRINT_ARGUMENTS = ['--no-defaults', '--base64-output=decode-rows', '--verbose'] as const;

const BASE_NAME = 'changes';

/** The path of a file of a binary log, from 1. */
export function commitLogFile(directory: string, number: number): string {
  return join(directory, `${BASE_NAME}.${String(number).padStart(6, '0')}`);
}

/** The options with which a node writes a binary log that has all changes of rows, those of other nodes included. */
export function commitLogOptions({
  directory,
  serverId,
}: Pick<CommitLog, 'directory' | 'serverId'>): Options {
  return {
    log_bin: join(directory, BASE_NAME),
    server_id: serverId,
    log_slave_updates: 'ON',
    binlog_format: 'ROW',
    binlog_row_image: 'FULL',
    // Waiting for the disk at each commit would make it another experiment.
    sync_binlog: 0,
    // MariaDB would write each statement beside the rows that it changed.
    loose_binlog_annotate_row_events: 'OFF',
  };
}
