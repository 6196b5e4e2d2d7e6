import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { HarnessError } from '../../errors.js';
import { findOnPath } from '../path.js';
import { runChild, type ChildResult } from './child.js';
import { formatAptSources, type AptSource } from './sources.js';

/** What a download will bring. Sizes in apt's own words, such as `55.5 MB`. */
export interface DownloadPlan {
  packages: number;
  download: string;
  unpacked: string;
  /** Bytes that the packages will take when unpacked. */
  unpackedBytes: number;
}

interface AptOptions {
  signal?: AbortSignal | undefined;
  /** Descriptors that apt inherits, such as that of a lock which apt then holds too. */
  inherit?: readonly number[];
}

/**
 * apt with state, lists, cache and sources of its own in `directory`. It sees an empty system, needs no privileges
 * and changes nothing outside the directory. It uses the machine's mirror, keyring, proxy and checks.
 */
export class PrivateApt {
  readonly archives: string;
  readonly #configuration: string;

  constructor(directory: string, sources: readonly AptSource[], architecture: string) {
    this.archives = join(directory, 'archives');
    this.#configuration = join(directory, 'apt.conf');
    for (const sub of ['archives', 'archives/partial', 'lists', 'lists/partial']) {
      mkdirSync(join(directory, sub), { recursive: true });
    }
    writeFileSync(join(directory, 'status'), '');
    writeFileSync(join(directory, 'distribution.sources'), formatAptSources(sources));
    writeFileSync(this.#configuration, configuration(directory, architecture));
  }

  /** Fetches the package lists of the archives. */
  async update(options: AptOptions): Promise<void> {
    await this.#run(['update'], 'the package lists could not be fetched', options);
  }

  /** Says what `download` would fetch. Files that an interrupted download has left are not fetched again. */
  async plan(packages: readonly string[], options: AptOptions): Promise<DownloadPlan> {
    const args = ['install', '--print-uris', ...packages];
    const { stdout } = await this.#run(args, 'the packages are not available', options);
    const number = /, (\d+) newly installed|(\d+) newly installed/.exec(stdout);
    const download = /Need to get ([\d.,]+ \w+)(?:\/[\d.,]+ \w+)? of archives/.exec(stdout)?.[1] ?? '0 B';
    const unpacked = /After this operation, ([\d.,]+ \w+) of additional/.exec(stdout)?.[1] ?? '0 B';
    return {
      packages: Number(number?.[1] ?? number?.[2] ?? 0),
      download,
      unpacked,
      unpackedBytes: bytesOf(unpacked),
    };
  }

  /**
   * Downloads the packages with all their dependencies, and checks them against the signed lists.
   *
   * @returns the package files
   */
  async download(
    packages: readonly string[],
    options: AptOptions & { onFraction?: (fraction: number) => void },
  ): Promise<string[]> {
    const args = ['-o', 'APT::Status-Fd=2', 'install', '--download-only', ...packages];
    await this.#run(args, 'the packages could not be downloaded', options, (line) => {
      const percent = /^dlstatus:\d+:([\d.]+):/.exec(line)?.[1];
      if (percent !== undefined) options.onFraction?.(Number(percent) / 100);
    });
    return readdirSync(this.archives)
      .filter((name) => name.endsWith('.deb'))
      .sort()
      .map((name) => join(this.archives, name));
  }

  async #run(
    args: readonly string[],
    failure: string,
    options: AptOptions,
    onLine?: (line: string) => void,
  ): Promise<ChildResult> {
    const result = await runChild('apt-get', ['--config-file', this.#configuration, '--yes', ...args], {
      signal: options.signal,
      ...(options.inherit === undefined ? {} : { inherit: options.inherit }),
      ...(onLine === undefined ? {} : { onLine }),
      environment: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (result.code === 0) return result;
    throw aptError(failure, result.stderr);
  }
}

/**
 * Makes sure that packages can be fetched and unpacked here.
 *
 * @throws HarnessError PREREQUISITE naming the program that isn't there
 */
export function requireApt(): void {
  for (const program of ['apt-get', 'dpkg-deb', 'tar']) {
    if (findOnPath(program) === undefined) throw noApt(program);
  }
}

function noApt(program: string): HarnessError {
  return new HarnessError(
    'PREREQUISITE',
    `this machine has no ${program}, which is needed to download Kea and MariaDB`,
    {
      hint:
        'install Kea, MariaDB server and client, Galera 4 and rsync yourself and name them: ' +
        '--set cluster.mariadbd=/usr/sbin/mariadbd --set kea.dhcp4=/usr/sbin/kea-dhcp4',
    },
  );
}

/** The mirror does not have the suite. */
export class NoSuchSuite extends HarnessError {}

/** Makes one clear error of apt's messages. */
export function aptError(failure: string, stderr: string): HarnessError {
  const complaints = stderr.split('\n').filter((line) => /^[EW]:/.test(line));
  const told = complaints.find((line) => line.startsWith('E:')) ?? complaints[0] ?? stderr.trim();
  const message = `${failure}: ${told.replace(/^[EW]: */, '')}`;
  const hint = HINTS.find(([pattern]) => pattern.test(stderr))?.[1] ?? OFFLINE;
  return NO_SUITE.test(stderr)
    ? new NoSuchSuite('PACKAGES', message, { hint })
    : new HarnessError('PACKAGES', message, { hint });
}

const OFFLINE =
  'check that this machine reaches the mirror in its apt sources, and start again: finished downloads are kept';

const NO_SUITE = /does not have a Release file/;

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/No space left|Disk quota|don't have enough free space/i, 'free some space, or set KEA_CONFORMANCE_CACHE'],
  [
    /Unable to locate package|no installation candidate/,
    'the suite has no such package in the components of this machine’s sources (Ubuntu: universe is needed)',
  ],
  [
    NO_SUITE,
    'the mirror in this machine’s apt sources does not have this suite: choose another kea.version or cluster.version, or ' +
      'name installed programs: --set kea.dhcp4=/usr/sbin/kea-dhcp4',
  ],
  [/not valid yet|is expired|no longer valid/, 'check the clock of this machine'],
  [
    /NO_PUBKEY|EXPKEYSIG|is not signed|BADSIG/,
    'the archive’s signature was refused: update the keyring package',
  ],
  [
    /Hash Sum mismatch|unexpected size/i,
    'the mirror is being updated, or a proxy altered the download: start again later',
  ],
];

const UNITS: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

function bytesOf(size: string): number {
  const [amount = '0', unit = 'B'] = size.split(' ');
  return Math.round(Number(amount.replaceAll(',', '')) * (UNITS[unit] ?? 1));
}

function configuration(directory: string, architecture: string): string {
  const settings: Record<string, string> = {
    'Dir::State': directory,
    'Dir::State::status': join(directory, 'status'),
    'Dir::State::extended_states': join(directory, 'extended_states'),
    'Dir::State::lists': join(directory, 'lists'),
    'Dir::Cache': directory,
    'Dir::Cache::archives': join(directory, 'archives'),
    'Dir::Cache::pkgcache': join(directory, 'pkgcache.bin'),
    'Dir::Cache::srcpkgcache': join(directory, 'srcpkgcache.bin'),
    'Dir::Etc::sourcelist': join(directory, 'distribution.sources'),
    'Dir::Etc::sourceparts': '/dev/null',
    // The machine's pins and default release are meant for the machine's own packages.
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'APT::Default-Release': '',
    'APT::Architecture': architecture,
    'APT::Install-Recommends': 'false',
    'APT::Install-Suggests': 'false',
    'APT::Update::Error-Mode': 'any',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '30',
    'Acquire::https::Timeout': '30',
    'Debug::NoLocking': 'true',
  };
  // apt reads this file after the machine's own configuration. The file clears the hooks there, which would act on
  // the system.
  return [
    '#clear APT::Update;',
    '#clear APT::Architectures;',
    '#clear DPkg;',
    `APT::Architectures { "${architecture}"; };`,
    ...Object.entries(settings).map(([name, value]) => `${name} "${value}";`),
    '',
  ].join('\n');
}
