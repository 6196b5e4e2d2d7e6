import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PrivateApt } from '../../src/packages/archive/apt.js';
import { cacheDirectory } from '../../src/packages/cache.js';
import { distributionSources, readDistribution } from '../../src/packages/archive/distribution.js';
import { withLock } from '../../src/packages/lock.js';
import type { Programs } from '../../src/packages/programs.js';
import { debianArchitecture } from '../../src/packages/archive/recipe.js';
import { readAptSources } from '../../src/packages/archive/sources.js';

const run = promisify(execFile);

/** The only suite of Debian that has Oracle's server. */
const SUITE = 'sid';
const PROGRAMS = ['usr/sbin/mysqld', 'usr/bin/mysql'];

/**
 * The programs of a private root with a real MySQL server in place of MariaDB's. No distribution has more of Percona
 * XtraDB Cluster. They are made once and kept in the cache beside the private roots. Nothing is installed.
 */
export async function withMysql(root: Programs): Promise<Programs> {
  const architecture = debianArchitecture();
  const cache = cacheDirectory();
  const home = join(cache, `test-mysql-${SUITE}-${architecture}`);
  await withLock(`${home}.lock`, {}, async () => {
    if (existsSync(home)) return;
    const work = join(cache, `test-mysql-download-${SUITE}-${architecture}`);
    const unfinished = `${home}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    const sources = distributionSources(readAptSources(), readDistribution(), { suite: SUITE, architecture });
    const apt = new PrivateApt(work, sources, architecture);
    await apt.update({});
    for (const file of await apt.download(['mysql-server-core', 'mysql-client-core'], {})) {
      await run('dpkg-deb', ['--extract', file, unfinished]);
    }
    await Promise.all(PROGRAMS.map((program) => usesLibrariesOf(home, join(unfinished, program), root)));
    renameSync(unfinished, home);
    rmSync(work, { recursive: true });
  });
  const share = join(home, 'usr/share/mysql');
  return {
    ...root,
    mariadbd: join(home, 'usr/sbin/mysqld'),
    mariadb: join(home, 'usr/bin/mysql'),
    mariadbBasedir: join(home, 'usr'),
    mariadbShare: share,
    mariadbCharsets: join(share, 'charsets'),
    mariadbPlugins: join(home, 'usr/lib/mysql/plugin'),
  };
}

/** Patches a program as `packages/patch.ts` does, with the patchelf of the private root. */
async function usesLibrariesOf(home: string, program: string, root: Programs): Promise<void> {
  const libraries = (base: string): string => join(base, 'usr/lib', TRIPLETS[process.arch] ?? '');
  const loader = LOADERS[process.arch] ?? '';
  const inRoot = libraries(root.root ?? '/');
  const patchelf = join(root.root ?? '/', 'usr/bin/patchelf');
  const args = [
    '--set-interpreter',
    join(libraries(home), loader),
    '--force-rpath',
    '--set-rpath',
    libraries(home),
  ];
  await run(join(inRoot, loader), ['--library-path', inRoot, patchelf, ...args, program]);
}

const TRIPLETS: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
};
const LOADERS: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'ld-linux-x86-64.so.2',
  arm64: 'ld-linux-aarch64.so.1',
};
