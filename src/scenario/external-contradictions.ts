import { isIPv4 } from 'node:net';
import { isLoopback } from './loopback.js';
import type { Path } from './paths.js';
import type { Finding } from './problems.js';
import type { CaseKind, Scenario } from './schema.js';
import { clientsOfServer } from './stages.js';

/** What a scenario about someone else's servers must say before anything is sent to them. */
export function findExternalContradictions(scenario: Scenario): Finding[] {
  const { external, cluster } = scenario;
  const isExternal = cluster.provider === 'external';
  if (!isExternal && external === undefined) return [];
  if (external === undefined) return [missingBlock()];
  if (!isExternal) return [uselessBlock()];
  return [
    ...unknownNodes(external),
    ...missingEndpoints(scenario, external),
    ...wrongFamilies(scenario, external),
    ...sharedEndpoints(scenario, external),
    ...missingSubnets(scenario, external),
    ...withoutConsent(scenario, external),
    ...beyondBudget(scenario, external),
  ];
}

type External = NonNullable<Scenario['external']>;

function missingBlock(): Finding {
  return {
    path: ['cluster', 'provider'],
    related: [['external']],
    at: 'value',
    message: 'cluster.provider is external, but there is no `external` block that names nodes and servers',
    hint: 'README, "Servers of your own", has one to start from',
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

function finding(path: Path, message: string, hint?: string, related: readonly Path[] = []): Finding {
  return { path, related: [...related], at: 'value', message, hint };
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

function missingEndpoints({ cases }: Scenario, { servers }: External): Finding[] {
  return servers.flatMap((server, index) =>
    cases
      .filter((kind) => server[kind] === undefined)
      .map((kind) =>
        finding(
          ['external', 'servers', index],
          `external.servers.${index} has no ${kind}, which is among the cases`,
          `add ${kind}: { address: …, relay: … }, or leave the case out: --set 'cases=[…]'`,
          [['cases']],
        ),
      ),
  );
}

function wrongFamilies(scenario: Scenario, external: External): Finding[] {
  return endpoints(scenario, external).flatMap(({ path, kind, address, relay }) =>
    (['address', 'relay'] as const).flatMap((key) => {
      const isRight = isIPv4(key === 'address' ? address : relay) === (kind === 'dhcp4');
      const family = kind === 'dhcp4' ? 'IPv4' : 'IPv6';
      return isRight
        ? []
        : [finding([...path, key], `${[...path, key].join('.')} must be an ${family} address`)];
    }),
  );
}

/** Answers are known by where they come from and where they arrive; two servers must differ in one of them. */
function sharedEndpoints(scenario: Scenario, external: External): Finding[] {
  const all = endpoints(scenario, external);
  return all.flatMap((one, index) => {
    const other = all.slice(0, index).find((before) => before.way === one.way);
    if (other === undefined) return [];
    const hint =
      other.kind === one.kind
        ? 'each server needs an address or a port of its own'
        : `one kea-dhcp6 can serve one case at a time here: --set 'cases=[${one.kind}]'`;
    return [finding(one.path, `${one.path.join('.')} and ${other.path.join('.')} are the same server`, hint)];
  });
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
    return kind === 'dhcp4' || subnet.linkAddress !== undefined
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
    ...endpoints(scenario, external).map(({ address }) => address),
  ];
  const foreign = hosts.find((host) => !isLoopback(host));
  return foreign === undefined
    ? []
    : [
        finding(
          ['external', 'consent'],
          `external.consent must be true before anything is sent to ${foreign}, which is not a loopback address`,
          'a run puts load on these servers and takes leases from them: ask whoever answers for them',
          [['external']],
        ),
      ];
}

function beyondBudget({ cases, load }: Scenario, { leaseBudget, servers }: External): Finding[] {
  const leases = cases.length * servers.length * clientsOfServer(load);
  return leases <= leaseBudget
    ? []
    : [
        finding(
          ['external', 'leaseBudget'],
          `external.leaseBudget is ${leaseBudget}, but ${cases.length} x ${servers.length} x ${clientsOfServer(load)} clients take ${leases} leases`,
          'lower load.clientsPerServer, or raise the budget if the pools have the room',
          [['load', 'clientsPerServer'], ['cases']],
        ),
      ];
}

interface Endpoint {
  path: Path;
  kind: CaseKind;
  address: string;
  relay: string;
  /** Equal for two that could not be told apart. */
  way: string;
}

function endpoints({ cases }: Scenario, { servers }: External): Endpoint[] {
  return servers.flatMap((server, index) =>
    cases.flatMap((kind) => {
      const endpoint = server[kind];
      if (endpoint === undefined) return [];
      const { address, relay, port } = endpoint;
      return [
        { path: ['external', 'servers', index, kind], kind, address, relay, way: `${address} ${port}` },
      ];
    }),
  );
}
