import { join } from 'node:path';
import type { KeaVersion } from '../../packages/kea/kea-version.js';
import type { KeaSettings } from './settings.js';

/** Makes a server log to standard output. Kea 2.2.0 knows only the spelling `output_options`, 2.6.3 knows both. */
export function toStdout(version: KeaVersion): object {
  return { [version.atLeast('2.6.3') ? 'output-options' : 'output_options']: [{ output: 'stdout' }] };
}

/**
 * The control socket. Since 2.7.2 a server may have several, and `control-socket` is deprecated (Kea manual,
 * "Management API").
 */
export function controlSocket(version: KeaVersion, path: string): object {
  const socket = { 'socket-type': 'unix', 'socket-name': path };
  return version.atLeast('2.7.2') ? { 'control-sockets': [socket] } : { 'control-socket': socket };
}

/**
 * Since 2.7.4 the MySQL backend is a hook library (Kea manual, "Lease Storage").
 * @param hooks the directory of the hook libraries; if undefined, Kea looks where it was installed
 */
export function mysqlBackend(version: KeaVersion, hooks: string | undefined): object {
  if (!version.atLeast('2.7.4')) return {};
  const name = 'libdhcp_mysql.so';
  return { 'hooks-libraries': [{ library: hooks === undefined ? name : join(hooks, name) }] };
}

/**
 * The worker threads and their queue, if the scenario states them; else nothing, so that the version's default applies. A block
 * with a queue alone is refused by Kea, so the default is written there: threads since 2.3.5, none before.
 */
export function multiThreading(version: KeaVersion, { threads, packetQueueSize }: KeaSettings): object {
  if (threads === undefined && packetQueueSize === undefined) return {};
  return {
    'multi-threading': {
      'enable-multi-threading': threads === undefined ? version.atLeast('2.3.5') : threads > 0,
      ...(threads === undefined || threads === 0 ? {} : { 'thread-pool-size': threads }),
      ...(packetQueueSize === undefined ? {} : { 'packet-queue-size': packetQueueSize }),
    },
  };
}

/**
 * @param name `allocator` or `pd-allocator`; versions before 2.3.4 have neither setting, and only the iterative
 *   allocator
 */
export function allocatorOf(
  name: 'allocator' | 'pd-allocator',
  version: KeaVersion,
  allocator: KeaSettings['allocator'],
): object {
  return allocator === undefined || !version.atLeast('2.3.4') ? {} : { [name]: allocator };
}
