import { familyOf, leaseTypesOf } from '../../protocol/cases.js';
import { endpoints, finding, findEndpointContradictions, type External } from '../external-endpoints.js';
import { isLoopback } from '../loopback.js';
import type { Finding } from '../language/problems.js';
import { leaseKeys } from '../schema/kea-leases.js';
import { ownKeaKeys } from '../schema/kea-own.js';
import type { Scenario } from '../schema.js';
import { clientsOfCase } from '../stages.js';

/**
 * What is missing or contradictory in a scenario for servers that someone else runs. Nothing is sent to them before
 * this check.
 */
export function findExternalContradictions(scenario: Scenario): Finding[] {
  const { external, cluster } = scenario;
  const isExternal = cluster.provider === 'external';
  if (!isExternal && external === undefined) return [];
  if (external === undefined) return [missingBlock()];
  if (!isExternal) return [uselessBlock()];
  return [
    ...unknownNodes(external),
    ...repeatedNodes(external),
    ...findEndpointContradictions(scenario, external),
    ...settingsInVain(scenario),
    ...missingSubnets(scenario, external),
    ...withoutConsent(scenario, external),
    ...beyondBudget(scenario, external),
  ];
}

function missingBlock(): Finding {
  return {
    path: ['cluster', 'provider'],
    related: [['external']],
    at: 'value',
    message: 'cluster.provider is external, but there is no `external` block that names nodes and servers',
    hint: 'docs/clusters.md has one to start from',
  };
}

function uselessBlock(): Finding {
  return {
    path: ['external'],
    related: [['cluster', 'provider']],
    at: 'key',
    message: 'external names nodes and servers, but cluster.provider is not external',
    hint: 'cluster: { provider: external }',
  };
}

function unknownNodes({ servers, nodes }: External): Finding[] {
  return servers.flatMap(({ node }, index) =>
    node <= nodes.length
      ? []
      : [
          finding(
            ['external', 'servers', index, 'node'],
            `external.servers.${index}.node must be at most ${nodes.length}, the number of external.nodes, but is ${node}`,
          ),
        ],
  );
}

/** The same node twice: comparing the rows of a node with themselves finds nothing. */
function repeatedNodes({ nodes }: External): Finding[] {
  return nodes.flatMap(({ host, port }, index) => {
    const first = nodes.findIndex((other) => other.host === host && other.port === port);
    return first === index
      ? []
      : [
          finding(
            ['external', 'nodes', index],
            `external.nodes.${index} is the same node as external.nodes.${first}`,
          ),
        ];
  });
}

const CONFIGURING = [
  ...(Object.keys(ownKeaKeys) as (keyof typeof ownKeaKeys)[]),
  ...(Object.keys(leaseKeys) as (keyof typeof leaseKeys)[]),
  ...(['offerLifetime', 'matchClientId', 'dhcp4', 'dhcp6', 'schema'] as const),
];

/** Keys of `kea` that have no effect: a scenario can't configure servers that someone else runs. */
function settingsInVain({ kea, cluster }: Scenario): Finding[] {
  const stated: [block: string, key: string, value: unknown][] = [
    ...CONFIGURING.map((key): [string, string, unknown] => ['kea', key, kea[key]]),
    ...(['version', 'galeraVersion'] as const).map((key): [string, string, unknown] => [
      'cluster',
      key,
      cluster[key],
    ]),
  ];
  return stated.flatMap(([block, key, value]) =>
    value === undefined
      ? []
      : [
          {
            path: [block, key],
            related: [['cluster', 'provider']],
            at: 'key' as const,
            message: `${block}.${key} has no effect on ${block === 'kea' ? 'servers' : 'nodes'} that someone else runs`,
            hint: "leave it out: a scenario can't configure what someone else runs",
          },
        ],
  );
}

function missingSubnets({ cases }: Scenario, { subnets }: External): Finding[] {
  return cases.flatMap((kind) => {
    const subnet = subnets[kind];
    const path = ['external', 'subnets'];
    if (subnet === undefined) {
      return [
        finding(path, `external.subnets has no ${kind}, which is among the cases`, undefined, [['cases']]),
      ];
    }
    return familyOf(kind) === 4 || subnet.linkAddress !== undefined
      ? []
      : [
          finding(
            [...path, kind],
            `external.subnets.${kind}.linkAddress is missing`,
            'an address inside the subnet: it is how a relayed DHCPv6 message selects its subnet',
          ),
        ];
  });
}

function withoutConsent(scenario: Scenario, external: External): Finding[] {
  if (external.consent) return [];
  const hosts = [
    ...external.nodes.map(({ host }) => host),
    ...endpoints(scenario, external).flatMap(({ address, control }) => [
      address,
      ...(control?.startsWith('http') === true ? [hostOf(control)] : []),
    ]),
  ];
  const foreign = hosts.find((host) => !isLoopback(host));
  return foreign === undefined
    ? []
    : [
        finding(
          ['external', 'consent'],
          `external.consent must be true before anything is sent to ${foreign}, which is not a loopback address`,
          'a run puts load on these servers and takes leases from them: ask their owner',
          [['external']],
        ),
      ];
}

/** The host of a URL; an IPv6 address without its brackets. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

function beyondBudget({ cases, load }: Scenario, { leaseBudget, servers }: External): Finding[] {
  const each = cases.reduce((sum, kind) => sum + leaseTypesOf(kind).length, 0);
  const clients = clientsOfCase(load, servers.length);
  const leases = each * clients;
  return leases <= leaseBudget
    ? []
    : [
        finding(
          ['external', 'leaseBudget'],
          `external.leaseBudget is ${leaseBudget}, but ${each} x ${clients} clients take ${leases} leases`,
          'lower load.clientsPerServer, or raise the budget if the pools have the room',
          [['load', 'clientsPerServer'], ['cases']],
        ),
      ];
}
