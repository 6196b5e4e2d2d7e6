import { type CaseKind, casesOfFamily } from '../protocol/cases.js';
import { DATABASE, USERS } from '../cluster/accounts.js';
import { keaConfiguration } from '../kea/configuration.js';
import { CASE_SUBNETS } from '../kea/subnets.js';
import { KeaVersion } from '../packages/kea/kea-version.js';
import { addressesOf, attached, NETWORK } from './addresses.js';
import {
  buildOf,
  healthcheck,
  NODES,
  nodeName,
  PASSWORD,
  type DatabaseProfile,
  type Service,
  type Services,
} from './services.js';

/** The version of Kea in the base that the image has by default. */
const VERSION = new KeaVersion('2.2.0');

/** RFC 2131 section 4.1, RFC 8415 section 7.2. */
const PORTS = { dhcp4: 67, dhcp6: 547 } as const;
type Protocol = keyof typeof PORTS;

const CONTROL_SOCKET = '/run/kea/kea.sock';

/**
 * The shell script that starts a server. The configuration holds the password, so the script moves it from the
 * environment into a private file in the container.
 */
const SERVE = [
  'umask 077',
  'printf %s "$$KEA_CONFIGURATION" >/run/kea/kea.json',
  'unset KEA_CONFIGURATION',
  'exec "$$@"',
].join('\n');

/** A service that loads the schema once, and six servers: one for each protocol on each node. */
export function keaServices(profile: DatabaseProfile): Services {
  const schema = `${profile.name}-schema`;
  const servers = (['dhcp4', 'dhcp6'] as const).flatMap((protocol, row) =>
    Array.from({ length: NODES }, (_, index): [string, Service] => [
      `${profile.name}-${protocol}-${index + 1}`,
      server(profile, protocol, index + 1, NODES * row + index),
    ]),
  );
  return { [schema]: schemaLoader(profile), ...Object.fromEntries(servers) };
}

function schemaLoader({ name, nodes }: DatabaseProfile): Service {
  return {
    profiles: [name],
    ...keaImage(),
    environment: { KEA_DB_USER: USERS.kea, KEA_DB_NAME: DATABASE, KEA_DB_PASSWORD: PASSWORD },
    command: ['kea-schema', nodeName(name, 1)],
    depends_on: Object.fromEntries(
      Object.keys(nodes).map((node) => [node, { condition: 'service_healthy' }]),
    ),
    networks: ['conformance'],
  };
}

function server(profile: DatabaseProfile, protocol: Protocol, number: number, place: number): Service {
  const { name, firstServer, firstReplyPort } = profile;
  const host = firstServer + place;
  const replyPort = firstReplyPort + place;
  return {
    profiles: [name],
    ...keaImage(),
    environment: { KEA_CONFIGURATION: JSON.stringify(configuration(profile, protocol, number, host)) },
    command: [
      ...['sh', '-euc', SERVE, 'serve'],
      ...[
        `kea-${protocol}`,
        '-c',
        '/run/kea/kea.json',
        '-p',
        String(PORTS[protocol]),
        '-P',
        String(replyPort),
      ],
    ],
    sysctls: { 'net.ipv4.ip_unprivileged_port_start': 0 },
    depends_on: { [`${name}-schema`]: { condition: 'service_completed_successfully' } },
    ...healthcheck(['kea-ready', CONTROL_SOCKET]),
    ...attached(host),
  };
}

/** A server's configuration, as in the harness's own runs. A DHCPv6 server has the subnets of all DHCPv6 cases. */
function configuration(
  { name }: DatabaseProfile,
  protocol: Protocol,
  number: number,
  host: number,
): Record<string, unknown> {
  const { v4, v6 } = addressesOf(host);
  const of = (kind: CaseKind, address: string, relayAddress: string): object =>
    keaConfiguration({
      kind,
      version: VERSION,
      database: {
        host: nodeName(name, number),
        port: 3306,
        user: USERS.kea,
        password: PASSWORD,
        database: DATABASE,
      },
      controlSocket: CONTROL_SOCKET,
      subnets: [{ ...CASE_SUBNETS[kind], relayAddress }],
      settings: {},
      hooks: undefined,
      listensOn: [`eth0/${address}`],
      serverNumber: number,
    });
  if (protocol === 'dhcp4') return { ...of('dhcp4', v4, NETWORK.v4.gateway) };
  const cases = casesOfFamily(6).map(
    (kind) => of(kind, v6, CASE_SUBNETS[kind].relayAddress) as { Dhcp6: { subnet6: object[] } },
  );
  const subnet6 = cases.flatMap((one) => one.Dhcp6.subnet6);
  return { Dhcp6: { ...cases[0]?.Dhcp6, subnet6 } };
}

function keaImage(): object {
  return buildOf('kea', 'debian:bookworm-slim');
}
