import type { DatabaseAccess } from '../cluster/model.js';
import type { CaseKind } from '../scenario/schema.js';
import { CASE_SUBNETS, type CaseSubnet } from './subnets.js';
import type { KeaVersion } from './version.js';

export interface KeaServerConfiguration {
  kind: CaseKind;
  version: KeaVersion;
  database: DatabaseAccess;
  controlSocket: string;
  /** From 1; makes the DHCPv6 server identifier its own. */
  serverNumber: number;
}

/**
 * The configuration file of one Kea server for one case. It leaves whatever bears on allocation at the default of the
 * version found, so that the verdict holds for what operators run.
 */
export function keaConfiguration(server: KeaServerConfiguration): object {
  const subnet = CASE_SUBNETS[server.kind];
  return server.kind === 'dhcp4'
    ? { Dhcp4: { ...common(server, 'kea-dhcp4'), ...dhcp4(subnet) } }
    : { Dhcp6: { ...common(server, 'kea-dhcp6'), ...dhcp6(subnet, server.serverNumber) } };
}

function common({ version, database, controlSocket }: KeaServerConfiguration, program: string): object {
  const outputOptions = version.atLeast('2.7.0') ? 'output-options' : 'output_options';
  const toStdout = { [outputOptions]: [{ output: 'stdout' }] };
  return {
    'control-socket': { 'socket-type': 'unix', 'socket-name': controlSocket },
    'lease-database': {
      type: 'mysql',
      name: database.database,
      host: database.host,
      port: database.port,
      user: database.user,
      password: database.password,
    },
    'valid-lifetime': 4000,
    'renew-timer': 1000,
    'rebind-timer': 2000,
    loggers: [
      { name: program, severity: 'INFO', ...toStdout },
      // One line for each lease at INFO; at thousands a second the log would be the load.
      { name: `${program}.leases`, severity: 'WARN', ...toStdout },
    ],
  };
}

function dhcp4({ id, subnet, pool, relayAddress }: CaseSubnet): object {
  return {
    'interfaces-config': { interfaces: ['lo/127.0.0.1'], 'dhcp-socket-type': 'udp' },
    subnet4: [{ id, subnet, pools: poolsOf(pool), relay: { 'ip-addresses': [relayAddress] } }],
  };
}

function dhcp6({ id, subnet, pool, prefixPool }: CaseSubnet, serverNumber: number): object {
  return {
    'interfaces-config': { interfaces: ['lo/::1'] },
    // ISC's enterprise number; without one of its own each server would share a file with the others.
    'server-id': {
      type: 'EN',
      'enterprise-id': 2495,
      identifier: serverNumber.toString(16).padStart(16, '0'),
      persist: false,
    },
    subnet6: [
      {
        id,
        subnet,
        pools: poolsOf(pool),
        'pd-pools':
          prefixPool === undefined
            ? []
            : [
                {
                  prefix: prefixPool.prefix,
                  'prefix-len': prefixPool.length,
                  'delegated-len': prefixPool.delegatedLength,
                },
              ],
      },
    ],
  };
}

function poolsOf(pool: CaseSubnet['pool']): object[] {
  return pool === undefined ? [] : [{ pool: `${pool.first} - ${pool.last}` }];
}

/** The same configuration with the password taken out, for the run directory. */
export function withoutPassword(configuration: object): string {
  return JSON.stringify(
    configuration,
    (key, value: unknown) => (key === 'password' ? '(of the run)' : value),
    2,
  );
}
