import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { HarnessError, messageOf } from '../../errors.js';
import { runChild } from './child.js';
import type { Programs } from '../programs.js';
import { askVersion } from '../versions.js';

/**
 * Runs the programs of a finished root that matter, and lets the loader resolve the libraries that the servers and
 * their plugins link to.
 *
 * @returns the versions that the programs told
 * @throws HarnessError PACKAGES if a program doesn't run, or would use a library of the system
 */
export async function verifyRoot(
  root: string,
  programs: Programs,
  signal: AbortSignal | undefined,
): Promise<{ kea: string; mariadb: string; haproxy: string }> {
  const {
    mariadbd,
    mariadb,
    keaDhcp4,
    keaDhcp6,
    perfdhcp = '',
    haproxy = '',
    mariadbBinlog = '',
    keaEnvironment,
  } = programs;
  const { ip, nft, tc, tcpdump } = programs;
  const ask = { signal, environment: keaEnvironment };
  const inRoot = (name: string) => join(root, 'usr/bin', name);
  try {
    const [server, kea, proxy] = await Promise.all([
      askVersion('mariadbd', mariadbd, ask),
      askVersion('kea-dhcp4', keaDhcp4, ask),
      askVersion('haproxy', haproxy, ask),
      askVersion('kea-dhcp6', keaDhcp6, ask),
      askVersion('mariadb', mariadb, ask),
      askVersion('perfdhcp', perfdhcp, ask),
      askVersion('mariadb-binlog', mariadbBinlog, ask),
    ]);
    await Promise.all([
      ...Object.entries({ ip, nft, tc, tcpdump }).map(([tool, path = '']) =>
        askVersion(tool as 'ip', path, ask),
      ),
      ...(['rsync', 'ss', 'ps'] as const).map((tool) => askVersion(tool, inRoot(tool), ask)),
    ]);
    await Promise.all([
      requireOwnLibraries(root, mariadbd, [programs.wsrepProvider], signal),
      requireOwnLibraries(root, keaDhcp4, [...hooks(programs), programs.faketime ?? ''], signal),
      requireOwnLibraries(root, haproxy, [], signal),
    ]);
    return { kea, mariadb: server, haproxy: proxy };
  } catch (error) {
    signal?.throwIfAborted();
    throw new HarnessError('PACKAGES', `the private root does not work: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function hooks({ keaHooks }: Programs): string[] {
  if (keaHooks === undefined) return [];
  return readdirSync(keaHooks)
    .filter((name) => name.endsWith('.so'))
    .map((name) => join(keaHooks, name));
}

/**
 * Requires that the program and its plugins load only libraries of the root. With LD_TRACE_LOADED_OBJECTS the loader
 * prints what it would load, as ldd(1) does.
 */
async function requireOwnLibraries(
  root: string,
  program: string,
  plugins: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const environment = { LD_TRACE_LOADED_OBJECTS: '1', LD_PRELOAD: plugins.join(':') };
  const { stdout } = await runChild(program, [], { signal, environment });
  for (const [line, name = '', path = ''] of stdout.matchAll(/^\s*(\S+)(?: => (\S+))?.*$/gm)) {
    const used = path === '' ? name : path;
    if (used.startsWith(`${root}/`) || name.startsWith('linux-') || name.startsWith('linux-vdso')) continue;
    throw new HarnessError(
      'PACKAGES',
      `${program} would load a library outside the private root: ${line.trim()}`,
    );
  }
}
