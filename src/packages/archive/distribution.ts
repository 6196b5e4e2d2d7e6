import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { HarnessError } from '../../errors.js';
import type { AptSource } from './sources.js';

export interface Distribution {
  /** `ID` of os-release: `debian`, `ubuntu`, … */
  id: string;
  /** `VERSION_CODENAME` of os-release. */
  codename: string;
}

/** Which distribution this machine runs. Both fields are empty where os-release doesn't say. */
export function readDistribution(file = '/etc/os-release'): Distribution {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // A machine without os-release has no apt either, and the check for apt says so.
  }
  const field = (name: string) => new RegExp(`^${name}=["']?([^"'\n]*)`, 'm').exec(text)?.[1] ?? '';
  return { id: field('ID'), codename: field('VERSION_CODENAME') };
}

/** The endings of an archive's suites that are used. Backports and proposed updates are not used. */
const POCKETS = ['', '-updates', '-security', '/updates'] as const;

/** The sources of a Debian machine may follow one of these names instead of a code name. */
const ALIASES = ['sid', 'unstable', 'testing', 'stable', 'oldstable'];

const COMPONENTS = new Set([
  ...['main', 'contrib', 'non-free', 'non-free-firmware'],
  ...['restricted', 'universe', 'multiverse'],
]);

/** Suites that have neither updates nor security pockets. */
const ROLLING = new Set(['sid', 'unstable', 'experimental']);

/** The suite that this machine's packages come from: the code name, unless its sources follow an alias. */
export function machineSuite(sources: readonly AptSource[], { codename }: Distribution): string {
  const suites = new Set(sources.flatMap((source) => source.suites));
  if (suites.has(codename)) return codename;
  return ALIASES.find((alias) => suites.has(alias)) ?? codename;
}

/**
 * The machine's own archives of its distribution, narrowed to what a root of `suite` needs. If `suite` is not the
 * machine's own, they are pointed at `suite`. Third-party archives are left out. They are recognised by suites,
 * components or a key of their own.
 *
 * @throws HarnessError PREREQUISITE if no archive is left
 */
export function distributionSources(
  sources: readonly AptSource[],
  distribution: Distribution,
  options: { suite?: string | undefined; architecture: string },
): AptSource[] {
  const own = machineSuite(sources, distribution);
  const suite = options.suite ?? own;
  const fitting = sources.flatMap((source) => {
    const { Architectures: architectures, ...rest } = source.options;
    if (architectures !== undefined && !architectures.split(/\s+/).includes(options.architecture)) return [];
    if (source.uris.every((uri) => uri.startsWith('cdrom:'))) return [];
    const components = source.components.filter((component) => COMPONENTS.has(component));
    const pockets = POCKETS.filter((pocket) => source.suites.includes(own + pocket));
    const kept = suite !== own && ROLLING.has(suite) ? pockets.filter((pocket) => pocket === '') : pockets;
    if (components.length === 0 || kept.length === 0) return [];
    const suites = kept.map((pocket) => suite + pocket);
    return [{ uris: source.uris, suites, components, options: rest }];
  });
  const signed = fitting.filter((source) => hasDistributionKey(source, distribution));
  // Without any archive that has the distribution's key, all fitting archives are taken: a company may sign its
  // mirror with a key of its own.
  const chosen = signed.length > 0 ? signed : fitting;
  if (chosen.length === 0) {
    throw new HarnessError(
      'PREREQUISITE',
      `apt's sources on this machine name no archive of ${own === '' ? 'its distribution' : own}`,
      {
        hint: 'add the distribution’s archive to /etc/apt/sources.list.d, or name installed programs; the command doctor lists what is missing',
      },
    );
  }
  return chosen;
}

function hasDistributionKey(source: AptSource, { id }: Distribution): boolean {
  const key = source.options['Signed-By'];
  if (key === undefined) return true;
  const names = ['debian', 'ubuntu', ...(id === '' ? [] : [id])];
  return names.some((name) => basename(key).toLowerCase().includes(name));
}
