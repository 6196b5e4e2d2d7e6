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

/** The options by which tshark takes every port of a capture for DHCP: the harness's servers and relays have ports of their own. */
export async function everyPortIsDhcp(capture: string): Promise<string[]> {
  const lines = await tshark(['-r', capture, '-T', 'fields', '-e', 'ip.version', '-e', 'udp.port']);
  return [...new Set(lines.split('\n'))]
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [version, both = ''] = line.split('\t');
      const protocol = version === '4' ? 'dhcp' : 'dhcpv6';
      return both.split(',').flatMap((port) => ['-d', `udp.port==${port},${protocol}`]);
    });
}

/** These fields of every message of a capture that a display filter selects. */
export async function fieldsOf<Field extends string>(
  capture: string,
  filter: string,
  fields: readonly Field[],
): Promise<Record<Field, string>[]> {
  const asked = fields.flatMap((field) => ['-e', field]);
  const ports = await everyPortIsDhcp(capture);
  const lines = await tshark(['-r', capture, ...ports, '-Y', filter, '-T', 'fields', ...asked]);
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split('\t');
      return Object.fromEntries(fields.map((field, index) => [field, values[index] ?? ''])) as Record<
        Field,
        string
      >;
    });
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
