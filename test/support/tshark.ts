import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PrivateApt } from '../../src/packages/archive/apt.js';
import { cacheDirectory, makeDirectory } from '../../src/packages/cache.js';
import {
  distributionSources,
  machineSuite,
  readDistribution,
} from '../../src/packages/archive/distribution.js';
import { withLock } from '../../src/packages/lock.js';
import { debianArchitecture } from '../../src/packages/archive/recipe.js';
import { readAptSources } from '../../src/packages/archive/sources.js';

const execute = promisify(execFile);

/**
 * Runs Wireshark's tshark, and returns its standard output. The first call fetches the distribution's package into
 * the cache (47 MB; about 207 MB unpacked), beside the private roots. Like those, it is not installed.
 */
export async function tshark(args: readonly string[]): Promise<string> {
  const [program, ...before] = commandOf(await ensureRoot());
  const { stdout } = await execute(program ?? '', [...before, ...args], { maxBuffer: 1 << 28 });
  return stdout;
}

/** The command uses the root's own loader and libraries, so nothing in the root needs patching. */
function commandOf(root: string): string[] {
  const libraries = ['lib', 'usr/lib']
    .map((name) => join(root, name))
    .filter(existsSync)
    .flatMap((path) => [
      path,
      ...readdirSync(path)
        .filter((name) => /-linux-gnu/.test(name))
        .map((name) => join(path, name)),
    ]);
  const loader = [join(root, 'lib64'), ...libraries]
    .filter(existsSync)
    .flatMap((path) =>
      readdirSync(path)
        .filter((name) => /^ld(64)?-linux.*\.so\.\d$/.test(name))
        .map((name) => join(path, name)),
    )
    .at(0);
  if (loader === undefined) throw new Error(`no loader in ${root}`);
  return [loader, '--library-path', libraries.join(':'), join(root, 'usr/bin/tshark')];
}

async function ensureRoot(): Promise<string> {
  const machine = readDistribution();
  const sources = readAptSources();
  const suite = machineSuite(sources, machine);
  const architecture = debianArchitecture();
  const parent = join(cacheDirectory(), 'test');
  const root = join(parent, `tshark-${suite}-${architecture}`);
  makeDirectory(parent);
  await withLock(`${root}.lock`, {}, async () => {
    if (existsSync(root)) return;
    const work = `${root}.download`;
    const unfinished = `${root}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    const apt = new PrivateApt(
      work,
      distributionSources(sources, machine, { suite, architecture }),
      architecture,
    );
    await apt.update({});
    for (const file of await apt.download(['tshark'], {}))
      await execute('dpkg-deb', ['-x', file, unfinished]);
    renameSync(unfinished, root);
    rmSync(work, { recursive: true });
  });
  return root;
}
