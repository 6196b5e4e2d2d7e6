import type { DatabaseAccess } from '../cluster/model.js';
import type { KeaVersion } from '../packages/kea-version.js';
import type { CaseKind } from '../scenario/schema.js';
import {
  controlSocket,
  multiThreading,
  mysqlBackend,
  toStdout,
  type KeaSettings,
} from './configuration/by-version.js';
import { dhcp4 } from './configuration/dhcp4.js';
import { dhcp6 } from './configuration/dhcp6.js';
import { lifetimes } from './configuration/lifetimes.js';
import type { CaseSubnet } from './subnets.js';

export { settingsOf, type KeaSettings } from './configuration/by-version.js';

export interface KeaServerConfiguration {
  kind: CaseKind;
  version: KeaVersion;
  /** What the scenario says about allocation; what it leaves out stays at the version's default. */
  settings: KeaSettings;
  /** Those of its case, by relay. */
  subnets: readonly [CaseSubnet, ...CaseSubnet[]];
  /** Where it takes requests: an interface with one of its addresses, such as `lo/127.0.0.1`. */
  listensOn: string;
  database: DatabaseAccess;
  controlSocket: string;
  /** The directory of the hook libraries; undefined for those of Kea's own installation. */
  hooks: string | undefined;
  /** What a DHCPv4 server is known by; its address by default, which several servers on one address share. */
  serverIdentifier?: string | undefined;
  /** From 1; makes the DHCPv6 server identifier its own. */
  serverNumber: number;
}

/**
 * The configuration file of one Kea server for one case. It leaves whatever bears on allocation at the default of the
 * version found, unless the scenario states it, so that the verdict holds for what operators run.
 */
export function keaConfiguration(server: KeaServerConfiguration): object {
  return server.kind === 'dhcp4'
    ? { Dhcp4: { ...common(server, 'kea-dhcp4'), ...dhcp4(server) } }
    : { Dhcp6: { ...common(server, 'kea-dhcp6'), ...dhcp6(server) } };
}

function common(
  { version, settings, database, hooks, ...server }: KeaServerConfiguration,
  program: string,
): object {
  return {
    ...controlSocket(version, server.controlSocket),
    ...mysqlBackend(version, hooks),
    ...multiThreading(settings),
    'lease-database': {
      type: 'mysql',
      name: database.database,
      host: database.host,
      port: database.port,
      user: database.user,
      password: database.password,
    },
    ...lifetimes(settings),
    loggers: [
      { name: program, severity: 'INFO', ...toStdout(version) },
      // One line for each lease at INFO; at thousands a second the log would be the load.
      { name: `${program}.leases`, severity: 'WARN', ...toStdout(version) },
    ],
  };
}

/** The same configuration with the password taken out, for the run directory. */
export function withoutPassword(configuration: object): string {
  return JSON.stringify(
    configuration,
    (key, value: unknown) => (key === 'password' ? '(of the run)' : value),
    2,
  );
}
