import { join } from 'node:path';
import type { KeaVersion } from '../../packages/kea-version.js';
import type { Scenario } from '../../scenario/schema.js';

/** What of the scenario bears on allocation. */
export type KeaSettings = Pick<
  Scenario['kea'],
  | 'allocator'
  | 'pdAllocator'
  | 'offerLifetime'
  | 'threads'
  | 'validLifetime'
  | 'preferredLifetime'
  | 'renewTimer'
  | 'rebindTimer'
  | 'declineProbationPeriod'
  | 'poolLeases'
  | 'expiredLeases'
> &
  Partial<Pick<Scenario['load'], 'rapidCommit' | 'relays'>>;

/** What of a scenario its servers are configured by. */
export function settingsOf({ kea, load }: Pick<Scenario, 'kea' | 'load'>): KeaSettings {
  return { ...kea, rapidCommit: load.rapidCommit, relays: load.relays };
}

/** Where each server logs: standard output. 2.6.3 knows both spellings, 2.2.0 only the first. */
export function toStdout(version: KeaVersion): object {
  return { [version.atLeast('2.6.3') ? 'output-options' : 'output_options']: [{ output: 'stdout' }] };
}

/** Since 2.7.2 a server may have several, and the singular is out of date (Kea manual, "Management API"). */
export function controlSocket(version: KeaVersion, path: string): object {
  const socket = { 'socket-type': 'unix', 'socket-name': path };
  return version.atLeast('2.7.2') ? { 'control-sockets': [socket] } : { 'control-socket': socket };
}

/**
 * Since 2.7.4 the MySQL backend is a hook library (Kea manual, "Lease Storage").
 * @param hooks their directory; undefined leaves the search to Kea, which looks where it was installed
 */
export function mysqlBackend(version: KeaVersion, hooks: string | undefined): object {
  if (!version.atLeast('2.7.4')) return {};
  const name = 'libdhcp_mysql.so';
  return { 'hooks-libraries': [{ library: hooks === undefined ? name : join(hooks, name) }] };
}

/** Only what the scenario states; all else is left at the version's default. */
export function multiThreading({ threads }: KeaSettings): object {
  if (threads === undefined) return {};
  return {
    'multi-threading': {
      'enable-multi-threading': threads > 0,
      ...(threads > 0 ? { 'thread-pool-size': threads } : {}),
    },
  };
}

/** @param name `allocator` or `pd-allocator`, which versions before 2.3.4 have no word for, and only the iterative one */
export function allocatorOf(
  name: 'allocator' | 'pd-allocator',
  version: KeaVersion,
  allocator: KeaSettings['allocator'],
): object {
  return allocator === undefined || !version.atLeast('2.3.4') ? {} : { [name]: allocator };
}
