import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../errors.js';
import { findOnPath } from '../../packages/path.js';
import type { Programs } from '../../packages/programs.js';
import type { LiveDirectory } from '../../processes/live-directory.js';

/**
 * An experiment on Kea. `MySqlConnection::retryOnDeadlock` (`mysql_connection.h`) tries a statement again while it
 * returns 1213. `mysql_stmt_execute` returns 0 or 1, so Kea never tries again. With this library before Kea's database
 * client, it returns the error number, and Kea does what it was meant to do.
 *
 * The code includes no header and is linked with no library: it runs with the C library of whichever process loads it.
 * Since Kea 3.0 the database client is loaded by a hook, and is not among the libraries that `RTLD_NEXT` sees.
 */
const SOURCE = `
extern void *dlsym(void *, const char *);
extern void *dlopen(const char *, int);

#define RTLD_NEXT ((void *) -1l)
#define RTLD_LAZY 1
#define RTLD_NOLOAD 4

static void *client(const char *name) {
  static const char *const libraries[] = { "libmariadb.so.3", "libmysqlclient.so.24", "libmysqlclient.so.21", 0 };
  void *found = dlsym(RTLD_NEXT, name);
  for (int i = 0; found == 0 && libraries[i] != 0; i++) {
    void *library = dlopen(libraries[i], RTLD_LAZY | RTLD_NOLOAD);
    if (library != 0) found = dlsym(library, name);
  }
  return found;
}

int mysql_stmt_execute(void *statement) {
  int (*execute)(void *) = (int (*)(void *)) client("mysql_stmt_execute");
  unsigned int (*error)(void *) = (unsigned int (*)(void *)) client("mysql_stmt_errno");
  return execute(statement) == 0 ? 0 : (int) error(statement);
}

int mysql_query(void *connection, const char *text) {
  int (*query)(void *, const char *) = (int (*)(void *, const char *)) client("mysql_query");
  unsigned int (*error)(void *) = (unsigned int (*)(void *)) client("mysql_errno");
  return query(connection, text) == 0 ? 0 : (int) error(connection);
}
`;

export interface RepairedRetryRequest {
  programs: Pick<Programs, 'path'>;
  live: Pick<LiveDirectory, 'subdirectory' | 'writeFile'>;
}

/**
 * Compiles the library, and returns its path, for `LD_PRELOAD` of Kea.
 *
 * @throws HarnessError PREREQUISITE where there is no compiler, or it fails
 */
export function compileRepairedRetry({ programs, live }: RepairedRetryRequest): string {
  const compiler = findOnPath('cc', programs.path) ?? findOnPath('tcc', programs.path);
  const setting = 'kea.repairedRetry';
  if (compiler === undefined)
    throw new HarnessError('PREREQUISITE', `${setting} needs a C compiler, and there is none`, {
      hint: 'install gcc or tcc, or leave kea.dhcp4 and kea.dhcp6 out to use the private root, which has tcc',
    });
  const directory = live.subdirectory('preload', 0o755);
  const [source, library] = [join(directory, 'repaired-retry.c'), join(directory, 'repaired-retry.so')];
  live.writeFile(source, SOURCE);
  const { status, stderr, error } = spawnSync(
    compiler,
    ['-shared', '-fPIC', '-nostdlib', '-o', library, source],
    { encoding: 'utf8', timeout: 30_000 },
  );
  if (status === 0) {
    // Whatever the umask, the user of the servers must be able to read it.
    chmodSync(library, 0o755);
    return library;
  }
  throw new HarnessError(
    'PREREQUISITE',
    `${setting}: ${compiler} could not compile the library: ${error === undefined ? stderr.trim() : messageOf(error)}`,
    { hint: `look whether ${compiler} works on this machine, or leave ${setting} out` },
  );
}
