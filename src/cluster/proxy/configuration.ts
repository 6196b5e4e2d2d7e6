import type { AccountPlugin } from '../flavors/server.js';
import { GREETING, LOGGED_IN, loginPacket, readinessQuestion, readyRow } from './check-packets.js';

/** What stands in the configuration file of haproxy. */
export interface ProxyConfiguration {
  /** Where the proxy listens: an IPv4 address. */
  address: string;
  /** In the order in which a server goes to them, beginning with its own. After the last comes the first. */
  nodes: readonly ProxiedNode[];
  /** The account of the checks. */
  check: { user: string; plugin: AccountPlugin };
  /** The path of the socket that tells what the checks found. */
  socket: string;
}

export interface ProxiedNode {
  name: string;
  /** The node's IPv4 address. */
  host: string;
  /** The port at which the node takes clients. */
  port: number;
  /** The port of the proxy for the servers whose own node this is. */
  proxyPort: number;
}

/** The section whose checks find out which nodes are ready. All other sections follow it. */
export const CHECKED = 'nodes';

/** How the sections are named in haproxy's log. */
export function sectionOf(node: Pick<ProxiedNode, 'name'>): string {
  return `prefers-${node.name}`;
}

/**
 * The configuration of haproxy (haproxy 2.6 manual). Each node is checked once, whatever the number of servers. Each
 * node has a port of its own, for the servers that go to this node first. Connections stay where they are when a
 * node comes back. The file contains no password.
 */
export function proxyConfiguration(configuration: ProxyConfiguration): string {
  const { nodes, address } = configuration;
  const checked = nodes.map(({ name, host, port }) => `server ${name} ${host}:${port} check`);
  return [
    section('global', [
      'log stdout format raw daemon',
      `stats socket ${configuration.socket} mode 600 level user`,
    ]),
    section('defaults', DEFAULTS),
    section(`backend ${CHECKED}`, [...checkOf(configuration), ...checked]),
    ...nodes.map((node, index) => {
      const [own, ...others] = [...nodes.slice(index), ...nodes.slice(0, index)].map(
        ({ name, host, port }) => `server ${name} ${host}:${port} track ${CHECKED}/${name}`,
      );
      return section(`listen ${sectionOf(node)}`, [
        `bind ${address}:${node.proxyPort}`,
        String(own),
        ...others.map((other) => `${other} backup`),
      ]);
    }),
  ].join('\n');
}

const DEFAULTS = [
  'mode tcp',
  'log global',
  'option tcplog',
  // A connection that one node refuses goes to the next node that is ready.
  'option redispatch 1',
  'retries 3',
  'timeout connect 1s',
  'timeout check 1s',
  // Kea keeps its connections open, and may send nothing on them for hours.
  'timeout client 24d',
  'timeout server 24d',
  // `fall` and `rise` are haproxy's defaults.
  'default-server inter 500ms fall 3 rise 2 on-marked-down shutdown-sessions',
];

/**
 * The check speaks the protocol of the database. A node outside the primary component takes connections and logins, and
 * answers OFF. `linger` ends the connection in order: with a reset, the node would log each check as aborted.
 */
function checkOf({ check: { user, plugin } }: ProxyConfiguration): string[] {
  return [
    'option tcp-check',
    'tcp-check connect linger',
    `tcp-check expect binary ${hex(GREETING)} comment "the greeting"`,
    `tcp-check send-binary ${hex(loginPacket(user, plugin))} comment "the login"`,
    `tcp-check expect binary ${hex(LOGGED_IN)} comment "the login"`,
    `tcp-check send-binary ${hex(readinessQuestion())} comment "wsrep_ready"`,
    `tcp-check expect binary ${hex(readyRow())} comment "wsrep_ready is ON"`,
  ];
}

function section(title: string, lines: readonly string[]): string {
  return `${[title, ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex');
}
