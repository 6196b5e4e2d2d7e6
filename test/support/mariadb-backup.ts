import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PrivateApt } from '../../src/packages/archive/apt.js';
import {
  distributionSources,
  machineSuite,
  readDistribution,
} from '../../src/packages/archive/distribution.js';
import type { Programs } from '../../src/packages/programs.js';
import { debianArchitecture } from '../../src/packages/archive/recipe.js';
import { readAptSources } from '../../src/packages/archive/sources.js';

const run = promisify(execFile);

/**
 * Unpacks the distribution's mariadb-backup into `directory`, with loader and libraries of the private root. Cluster
 * plans use it for state transfer; runs of the harness don't need it.
 *
 * @returns the directory of its programs
 */
export async function unpackMariadbBackup(directory: string, { mariadbd }: Programs): Promise<string> {
  const [machine, sources] = [readDistribution(), readAptSources()];
  const architecture = debianArchitecture();
  const suite = machineSuite(sources, machine);
  const apt = new PrivateApt(
    join(directory, 'apt'),
    distributionSources(sources, machine, { suite, architecture }),
    architecture,
  );
  await apt.update({});
  const files = await apt.download(['mariadb-backup'], {});
  const file = files.find((path) => basename(path).startsWith('mariadb-backup_'));
  if (file === undefined) throw new Error('no mariadb-backup came');
  const root = join(directory, 'root');
  mkdirSync(root);
  chmodSync(root, 0o755);
  await run('dpkg-deb', ['-x', file, root]);

  const patchelf = join(dirname(dirname(mariadbd)), 'bin', 'patchelf');
  const [interpreter, path] = await Promise.all(
    ['--print-interpreter', '--print-rpath'].map(async (what) =>
      (await run(patchelf, [what, mariadbd])).stdout.trim(),
    ),
  );
  const bin = join(root, 'usr', 'bin');
  for (const program of ['mariadb-backup', 'mbstream']) {
    await run(patchelf, [
      '--set-interpreter',
      interpreter ?? '',
      '--force-rpath',
      '--set-rpath',
      path ?? '',
      join(bin, program),
    ]);
  }
  return bin;
}
