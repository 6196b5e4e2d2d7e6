import { isIP } from 'node:net';
import { HarnessError } from '../../errors.js';
import { parseEndpoint, parseHost } from '../endpoint.js';
import { PERCONA_SERIES } from '../../packages/percona/percona-version.js';
import { STANDARD_PORTS } from '../flavors/flavor.js';
import { PERCONA_RELEASES, type ClusterPlan, type PerconaRelease, type PlanFlavor } from './cluster-plan.js';

/** A request for a plan, unchecked. */
export interface PlanRequest {
  flavor: PlanFlavor;
  perconaRelease: PerconaRelease;
  /** The number of nodes; undefined for as many as there are addresses. */
  nodes: number | undefined;
  addresses: readonly string[];
  clusterName: string;
  database: string;
  user: string;
  keaVersion: string;
  /** Empty where Kea runs on the nodes' own machines. */
  keaAddresses: readonly string[];
}

const MOST_NODES = 9;

/** A name that needs no quoting, neither in SQL nor in a shell. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/**
 * The most characters of each name. MySQL takes user names of up to 32 characters (manual, "Account Names"), and
 * Galera takes cluster names of as many.
 */
const LONGEST = { user: 32, database: 64, 'cluster-name': 32 } as const;

/**
 * Returns the release if a plan can install it, or if the harness does not know it at all.
 * Errors: USAGE for a series that the harness runs on but no plan sets up, such as `5.7`.
 */
export function requirePlannedRelease<T extends string>(release: T): T {
  const planned: readonly string[] = PERCONA_RELEASES;
  const series = PERCONA_SERIES.find((one) => release === one || release.startsWith(`${one}.`));
  if (series === undefined || planned.includes(series)) return release;
  throw usage(
    `--release ${release}: Percona XtraDB Cluster ${series} is past its end of life, and no plan installs packages of it`,
    `plan ${planned.slice(0, -1).join(', ')} or ${planned.at(-1) ?? ''}; to test an existing ${series}, use ` +
      `cluster.provider: external, or, if it is installed on this machine, KEA_CONFORMANCE_PERCONA=DIRECTORY`,
  );
}

/**
 * Checks the request and makes the plan.
 * Errors: USAGE, saying what of the request can't be met and what to do.
 */
export function planOf(request: PlanRequest): ClusterPlan {
  const hosts = hostsOf('--addresses', request.addresses);
  const nodes = request.nodes ?? hosts.length;
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > MOST_NODES) {
    throw usage(
      `a plan can't have ${nodes} nodes`,
      `plan from 1 to ${MOST_NODES} nodes; 3 or 5 survive a failure`,
    );
  }
  if (nodes !== hosts.length) {
    throw usage(
      `--nodes ${nodes}, but ${hosts.length} ${hosts.length === 1 ? 'address' : 'addresses'}`,
      'give --addresses one for each node, or leave --nodes out',
    );
  }
  const keaHosts =
    request.keaAddresses.length === 0 ? hosts : hostsOf('--kea-addresses', request.keaAddresses);
  for (const [option, longest] of Object.entries(LONGEST)) {
    const value =
      { user: request.user, database: request.database, 'cluster-name': request.clusterName }[option] ?? '';
    if (!PLAIN_NAME.test(value) || value.length > longest) {
      throw usage(
        `--${option} ${JSON.stringify(value)}`,
        `begin with a letter, then letters, digits and underscores, ${longest} characters at most`,
      );
    }
  }
  if (['root', 'mysql'].includes(request.user)) {
    throw usage(`--user ${request.user}`, "that is the server's own user; give Kea another one, such as kea");
  }
  return {
    flavor: request.flavor,
    perconaRelease: request.perconaRelease,
    clusterName: request.clusterName,
    nodes: hosts.map((host, i) => ({ name: `node-${i + 1}`, number: i + 1, host })),
    database: request.database,
    user: request.user,
    keaVersion: request.keaVersion,
    keaHosts,
  };
}

function hostsOf(option: string, texts: readonly string[]): string[] {
  const hosts = texts.map((text) => hostOf(option, text.trim()));
  const twice = hosts.find((host, i) => hosts.indexOf(host) !== i);
  if (twice !== undefined)
    throw usage(`${option}: ${twice} is given twice`, 'each node needs an address of its own');
  return hosts;
}

function hostOf(option: string, text: string): string {
  const host = parseHost(text);
  if (host === undefined) {
    if (parseEndpoint(text, STANDARD_PORTS.client) !== undefined) {
      throw usage(
        `${option}: ${text} has a port or brackets`,
        'name the host alone; every node gets the standard ports',
      );
    }
    throw usage(
      `${option}: ${text === '' ? 'an entry is empty' : `${text} is neither a host name nor an address`}`,
      'separate them by commas: 10.0.0.1,10.0.0.2,10.0.0.3',
    );
  }
  if (isNowhere(host)) {
    throw usage(
      `${option}: ${text} can't be the address of a machine`,
      'give the address by which other machines reach it',
    );
  }
  return host;
}

/** Unspecified, broadcast and multicast addresses (RFC 6890, RFC 4291 section 2.7). */
function isNowhere(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('0.') || Number(host.split('.')[0]) >= 224;
  return isIP(host) === 6 && (host === '::' || host.startsWith('ff'));
}

function usage(message: string, hint: string): HarnessError {
  return new HarnessError('USAGE', message, { hint });
}
