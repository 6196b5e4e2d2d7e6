import { join } from 'node:path';
import type { RunAs } from '../processes/unprivileged-user.js';
import type { Options } from './flavors/options.js';

/** A node's binary log: each committed change of a row, in the order of the commits. */
export interface CommitLog {
  /** Where its files are. They are outside of the data directory, which a full state transfer replaces. */
  directory: string;
  /** Tells in each node's log through which node a change was made. */
  serverId: number;
  /** The program that prints it: mariadb-binlog(1) or mysqlbinlog(1). */
  printer: { command: string; env: Readonly<Record<string, string>>; runAs: RunAs | undefined };
}

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
