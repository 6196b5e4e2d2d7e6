import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveDirectory } from '../processes/live-directory.js';
import { storeText } from '../processes/store.js';
import { keaConfiguration, withoutPassword } from './configuration.js';
import { configurationText } from './configuration/text.js';
import type { KeaServerConfiguration } from './configuration/server.js';

export interface ConfigurationFileRequest {
  /** The directory that all servers share; it lies in the live directory. */
  home: string;
  live: Pick<LiveDirectory, 'writeFile'>;
  /** The server's name in file names, such as `dhcp4-1`. */
  label: string;
  /** The directory for a copy of the configuration without the password. */
  logDirectory: string;
  configuration: Omit<KeaServerConfiguration, 'controlSocket'>;
}

/** The path of a server's configuration file, and that of its control socket. */
export interface ServerFiles {
  file: string;
  controlAt: string;
}

/**
 * Writes a server's configuration twice: with the run's password, readable by the server's user alone, and without it
 * for everybody.
 */
export function writeConfigurationFile(request: ConfigurationFileRequest): ServerFiles {
  const { home, label } = request;
  const file = join(home, `${label}.json`);
  const controlSocket = join(home, `${label}.sock`);
  const configuration = keaConfiguration({ ...request.configuration, controlSocket });
  request.live.writeFile(file, configurationText(configuration));
  storeText(join(request.logDirectory, `kea-${label}.json`), withoutPassword(configuration) + '\n');
  return { file, controlAt: controlSocket };
}

/**
 * Removes what a server that was killed has left of itself: the file with its process id, `LABEL.kea-dhcp4.pid`. A
 * server does not start while a process with that id runs. In a container that is always so, as the server itself has
 * the id 1 there.
 */
export function removePidFile(home: string, label: string): void {
  for (const program of ['kea-dhcp4', 'kea-dhcp6'])
    rmSync(join(home, `${label}.${program}.pid`), { force: true });
}

/**
 * The mode of the directory with the control sockets. Kea 2.6.3 accepts exactly this mode, later versions this or a
 * stricter one.
 */
export const HOME_MODE = 0o750;

/** The environment of every Kea. It makes Kea write all its files into one directory of the harness. */
export function environmentIn(home: string, hooks: string | undefined): Record<string, string> {
  return {
    // The times in its log are then those of the run.
    TZ: 'UTC',
    KEA_PIDFILE_DIR: home,
    KEA_LOCKFILE_DIR: 'none',
    // From 2.6.3 on, Kea takes other paths for these than the compiled-in ones only if the environment names them.
    KEA_CONTROL_SOCKET_DIR: home,
    KEA_LOG_FILE_DIR: home,
    KEA_DHCP_DATA_DIR: home,
    ...(hooks === undefined ? {} : { KEA_HOOKS_PATH: hooks }),
  };
}

/**
 * The arguments of both `kea-dhcp4` and `kea-dhcp6`. Every answer goes to the port after `-P`, relayed or not. Without
 * `ports`, the server takes and sends messages at the ports of the standard.
 */
export function keaArguments(file: string, ports?: { port: number; replyPort: number }): string[] {
  if (ports === undefined) return ['-c', file];
  return ['-c', file, '-p', String(ports.port), '-P', String(ports.replyPort)];
}
