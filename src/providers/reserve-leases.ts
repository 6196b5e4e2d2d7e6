import type { Connection, RowDataPacket } from 'mysql2/promise';
import { withSession } from '../cluster/session.js';
import type { StartedNode } from '../cluster/started-cluster.js';
import { settingsOf } from '../kea/configuration.js';
import { reservedLease } from '../kea/reservations.js';
import { sharedSubnets } from '../kea/subnets.js';
import { formatIpv6 } from '../dhcp/v6/index.js';
import { identitiesOf, type ClientsOfRun } from '../load/identities/identities-of-run.js';
import { familyOf, leaseTypesOf } from '../protocol/cases.js';
import { traitsOf } from '../scenario/flavors.js';
import { serversOf, type Scenario } from '../scenario/schema.js';

/** Kea's types of identifiers (Kea manual, "Storing Host Reservations in MySQL": table host_identifier_type). */
const HARDWARE_ADDRESS = 0;
const DUID = 1;
const CLIENT_ID = 3;
/** Kea's types of IPv6 reservations. */
const IPV6_TYPE = { address: 0, prefix: 2 } as const;
const ROWS_AT_ONCE = 1_000;

/**
 * Writes the host reservations of a scenario (`kea.reservedClients`), before its servers start: through one node where the nodes
 * share their rows, else through each. Errors: those of the database.
 */
export async function reserveLeases(
  scenario: Pick<Scenario, 'cases' | 'cluster' | 'kea' | 'load' | 'servers' | 'external'>,
  nodes: readonly Pick<StartedNode, 'admin'>[],
  clients: ClientsOfRun,
): Promise<void> {
  const { reservedClients = 0 } = scenario.kea;
  if (reservedClients === 0) return;
  const rows = rowsOf(scenario, clients, reservedClients);
  const written = traitsOf(scenario.cluster.flavor).sharesLeases ? nodes.slice(0, 1) : nodes;
  for (const { admin } of written) await withSession(admin, (session) => write(session, rows));
}

interface Host {
  id: number;
  identifier: Uint8Array;
  type: number;
  family: 4 | 6;
  subnet: number;
  leases: { leaseType: 'address' | 'prefix'; bytes: Uint8Array; prefixLength: number }[];
}

function rowsOf(
  scenario: Parameters<typeof reserveLeases>[0],
  clients: ClientsOfRun,
  reserved: number,
): Host[] {
  const settings = serversOf(scenario).map((server) => settingsOf(scenario, server));
  let id = 0;
  return scenario.cases.flatMap((kind, caseIndex) => {
    const family = familyOf(kind);
    const [subnet] = sharedSubnets(kind, settings);
    const identities = identitiesOf(clients, caseIndex, family);
    return Array.from({ length: reserved }, (_, client): Host => {
      const { clientIdentifier, hardwareAddress, duid } = identities.of(client);
      const [type, identifier] =
        family === 6
          ? [DUID, duid]
          : clientIdentifier === undefined
            ? [HARDWARE_ADDRESS, hardwareAddress]
            : [CLIENT_ID, clientIdentifier];
      const leases = leaseTypesOf(kind).map((leaseType) => ({
        leaseType,
        ...reservedLease(subnet, leaseType, client),
      }));
      return { id: ++id, identifier: Uint8Array.from(identifier), type, family, subnet: subnet.id, leases };
    });
  });
}

async function write(session: Connection, hosts: readonly Host[]): Promise<void> {
  const isBinary = await hasBinaryAddresses(session);
  for (let at = 0; at < hosts.length; at += ROWS_AT_ONCE) {
    const those = hosts.slice(at, at + ROWS_AT_ONCE);
    await session.query(
      'INSERT INTO hosts (host_id, dhcp_identifier, dhcp_identifier_type, dhcp4_subnet_id, dhcp6_subnet_id, ipv4_address) VALUES ?',
      [
        those.map(({ id, identifier, type, family, subnet, leases: [lease] }) => [
          id,
          Buffer.from(identifier),
          type,
          family === 4 ? subnet : null,
          family === 6 ? subnet : null,
          family === 4 && lease !== undefined ? Buffer.from(lease.bytes).readUInt32BE() : null,
        ]),
      ],
    );
    const leases = those.flatMap(({ id, family, leases: its }) =>
      family === 4
        ? []
        : its.map(({ leaseType, bytes, prefixLength }) => [
            isBinary ? Buffer.from(bytes) : formatIpv6(bytes),
            prefixLength,
            IPV6_TYPE[leaseType],
            id,
          ]),
    );
    if (leases.length > 0)
      await session.query('INSERT INTO ipv6_reservations (address, prefix_len, type, host_id) VALUES ?', [
        leases,
      ]);
  }
}

/** Since schema 19 addresses are bytes, before they are text (`upgrade_018_to_019.sh`). */
async function hasBinaryAddresses(session: Connection): Promise<boolean> {
  const [columns] = await session.query<(RowDataPacket & { Type: string })[]>(
    "SHOW COLUMNS FROM ipv6_reservations LIKE 'address'",
  );
  return /binary/i.test(columns[0]?.Type ?? '');
}
