import { familyOf } from '../protocol/cases.js';
import { controlSocket, multiThreading, mysqlBackend, toStdout } from './configuration/by-version.js';
import { withExtra } from './configuration/extra.js';
import { dhcp4 } from './configuration/dhcp4.js';
import { dhcp6 } from './configuration/dhcp6.js';
import { configurationText } from './configuration/text.js';
import { caching, keysOfKea, lifetimes } from './configuration/lifetimes.js';
import type { KeaServerConfiguration } from './configuration/server.js';

export { settingsOf, type KeaSettings } from './configuration/settings.js';

/**
 * The configuration file of one Kea server for one case. A setting that affects allocation stays at the default of
 * the Kea version, unless the scenario states it. So the verdict holds for what operators run.
 */
export function keaConfiguration(server: KeaServerConfiguration): object {
  const { settings, hooks } = server;
  return familyOf(server.kind) === 4
    ? {
        Dhcp4: withExtra(
          { ...common(server, 'kea-dhcp4'), ...dhcp4(server) },
          settings.extra?.[4] ?? [],
          hooks,
        ),
      }
    : {
        Dhcp6: withExtra(
          { ...common(server, 'kea-dhcp6'), ...dhcp6(server) },
          settings.extra?.[6] ?? [],
          hooks,
        ),
      };
}

function common(
  { version, settings, database, hooks, ...server }: KeaServerConfiguration,
  program: string,
): object {
  return {
    ...controlSocket(version, server.controlSocket),
    ...mysqlBackend(version, hooks),
    ...multiThreading(version, settings),
    'lease-database': databaseOf(database, settings),
    ...(settings.reservedClients === undefined ? {} : { 'hosts-database': databaseOf(database, settings) }),
    ...lifetimes(settings),
    ...caching(version, settings),
    loggers: [
      { name: program, severity: 'INFO', ...toStdout(version) },
      // At INFO Kea logs a line for each lease. At thousands of leases a second, the log would be the load.
      { name: `${program}.leases`, severity: 'WARN', ...toStdout(version) },
      // Why it drops a message, Kea says at this level only. A server that is well drops none.
      { name: `${program}.bad-packets`, severity: 'DEBUG', debuglevel: 55, ...toStdout(version) },
    ],
  };
}

/** Leases and host reservations are in one database, which a server reaches in the same way. */
function databaseOf(
  { database, host, port, user, password }: KeaServerConfiguration['database'],
  { leaseDatabase }: KeaServerConfiguration['settings'],
): object {
  return { type: 'mysql', name: database, host, port, user, password, ...keysOfKea(leaseDatabase) };
}

/** The configuration without the password, for the run directory. */
export function withoutPassword(configuration: object): string {
  const without = JSON.stringify(configuration, (key, value: unknown) =>
    key === 'password' ? "(the run's password)" : value,
  );
  return configurationText(JSON.parse(without) as object, 2);
}
