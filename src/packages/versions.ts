import { HarnessError, messageOf } from '../errors.js';
import { lastWords, runChild } from './archive/child.js';

/** How each program says its version. */
const ASK = {
  mariadbd: { args: ['--no-defaults', '--version'], pattern: /Ver (\d+\.\d+\.\d+)/ },
  mariadb: { args: ['--no-defaults', '--version'], pattern: /(\d+\.\d+\.\d+)-MariaDB/ },
  mysqld: { args: ['--no-defaults', '--version'], pattern: /Ver (\d+\.\d+\.\d+)/ },
  mysql: { args: ['--no-defaults', '--version'], pattern: /(?:Ver|Distrib) (\d+\.\d+\.\d+)/ },
  'kea-dhcp4': { args: ['-v'], pattern: /^(\d+\.\d+\.\d+)/m },
  'kea-dhcp6': { args: ['-v'], pattern: /^(\d+\.\d+\.\d+)/m },
  perfdhcp: { args: ['-v'], pattern: /(\d+\.\d+\.\d+)/ },
  haproxy: { args: ['-v'], pattern: /version (\d+\.\d+\.\d+)/ },
  'mariadb-binlog': { args: ['--version'], pattern: /(?:from|Ver) (\d+\.\d+)/ },
  rsync: { args: ['--version'], pattern: /version v?(\d+\.\d+\.\d+)/ },
  ip: { args: ['-V'], pattern: /iproute2-(\d+\.\d+\.\d+)/ },
  nft: { args: ['--version'], pattern: /nftables v(\d+\.\d+\.\d+)/ },
  tc: { args: ['-V'], pattern: /iproute2-(\d+\.\d+\.\d+)/ },
  tcpdump: { args: ['--version'], pattern: /tcpdump version (\d+\.\d+\.\d+)/ },
  ss: { args: ['-V'], pattern: /iproute2-(\d+\.\d+\.\d+)/ },
  ps: { args: ['--version'], pattern: /(\d+\.\d+\.\d+)/ },
} as const;

export type VersionedProgram = keyof typeof ASK;

/**
 * Asks a program for its version by running it.
 *
 * @throws HarnessError PREREQUISITE if it can't be run or says nothing like a version
 */
export async function askVersion(
  program: VersionedProgram,
  path: string,
  options: { signal?: AbortSignal | undefined; environment?: Record<string, string> } = {},
): Promise<string> {
  const { args, pattern } = ASK[program];
  let result;
  try {
    result = await runChild(path, args, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new HarnessError('PREREQUISITE', `${path} can't be run: ${messageOf(error)}`, { cause: error });
  }
  const version = pattern.exec(result.stdout + result.stderr)?.[1];
  if (version !== undefined && result.code === 0) return version;
  throw new HarnessError('PREREQUISITE', `${path} does not work as ${program}: ${lastWords(result)}`);
}
