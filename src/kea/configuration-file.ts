import { join } from 'node:path';
import type { LiveDirectory } from '../processes/live-directory.js';
import { storeText } from '../processes/store.js';
import { keaConfiguration, withoutPassword } from './configuration.js';
import type { KeaServerConfiguration } from './configuration/server.js';

export interface ConfigurationFileRequest {
  /** The directory of the live directory that the servers share. */
  home: string;
  live: Pick<LiveDirectory, 'writeFile'>;
  /** `dhcp4-1`. */
  label: string;
  /** Where a copy without the password goes. */
  logDirectory: string;
  configuration: Omit<KeaServerConfiguration, 'controlSocket'>;
}

/** Where a server reads its configuration, and where it is told what to do. */
export interface ServerFiles {
  file: string;
  controlAt: string;
}

/** Writes a server's configuration, with the run's password for its user alone and without it for everybody. */
export function writeConfigurationFile(request: ConfigurationFileRequest): ServerFiles {
  const { home, label } = request;
  const file = join(home, `${label}.json`);
  const controlSocket = join(home, `${label}.sock`);
  const configuration = keaConfiguration({ ...request.configuration, controlSocket });
  request.live.writeFile(file, JSON.stringify(configuration));
  storeText(join(request.logDirectory, `kea-${label}.json`), withoutPassword(configuration) + '\n');
  return { file, controlAt: controlSocket };
}

/** 2.6.3 takes a control socket in a directory of exactly this mode only, later ones in no more open one. */
export const HOME_MODE = 0o750;

/** What every Kea is told by its environment: to keep what it writes in one directory of the harness. */
export function environmentIn(home: string, hooks: string | undefined): Record<string, string> {
  return {
    KEA_PIDFILE_DIR: home,
    KEA_LOCKFILE_DIR: 'none',
    // From 2.6.3 on these may lie elsewhere than compiled in only if told so.
    KEA_CONTROL_SOCKET_DIR: home,
    KEA_LOG_FILE_DIR: home,
    KEA_DHCP_DATA_DIR: home,
    ...(hooks === undefined ? {} : { KEA_HOOKS_PATH: hooks }),
  };
}

/** `kea-dhcp4` and `kea-dhcp6` alike; `-P` is where every answer goes, relayed or not. */
export function keaArguments(file: string, port: number, replyPort: number): string[] {
  return ['-c', file, '-p', String(port), '-P', String(replyPort)];
}
