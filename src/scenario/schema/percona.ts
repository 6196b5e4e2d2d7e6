import { z } from 'zod';
import { path } from './primitives.js';

/** `cluster.percona`: the paths of an installed Percona XtraDB Cluster, for the flavor percona. */
export const percona = z
  .strictObject({
    installation: path
      .optional()
      .describe(
        'the directory above bin/mysqld, from which the keys below get their defaults; by default the directory in KEA_CONFORMANCE_PERCONA',
      ),
    mysqld: path
      .optional()
      .describe('the server program; its version (5.6, 5.7, 8.0, 8.4 or 9.7) is read from the program'),
    mysql: path.optional().describe('the command-line client'),
    installDb: path.optional().describe('mysql_install_db, which only 5.6 needs'),
    share: path.optional().describe('the directory of english/errmsg.sys and charsets'),
    plugins: path.optional().describe('the directory of server plugins'),
    transferTools: path
      .optional()
      .describe('the directory of the state transfer tools (xtrabackup, socat, rsync), put first on PATH'),
  })
  .optional()
  .describe('an installed Percona XtraDB Cluster, for the flavor percona');
