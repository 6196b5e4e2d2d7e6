import { isIPv4 } from 'node:net';
import type { Path } from './language/paths.js';
import type { Finding } from './language/problems.js';
import { familyOf, serverPortOf, type CaseKind } from '../protocol/cases.js';
import type { Scenario } from './schema.js';

/** What is wrong with the addresses of requests and answers, on servers that someone else runs. */
export function findEndpointContradictions(scenario: Scenario, external: External): Finding[] {
  return [
    ...missingEndpoints(scenario, external),
    ...wrongFamilies(scenario, external),
    ...sharedEndpoints(scenario, external),
    ...differentRelays(scenario, external),
  ];
}

export type External = NonNullable<Scenario['external']>;

export function finding(path: Path, message: string, hint?: string, related: readonly Path[] = []): Finding {
  return { path, related: [...related], at: 'value', message, hint };
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
      const isRight = isIPv4(key === 'address' ? address : relay) === (familyOf(kind) === 4);
      const family = familyOf(kind) === 4 ? 'IPv4' : 'IPv6';
      return isRight
        ? []
        : [finding([...path, key], `${[...path, key].join('.')} must be an ${family} address`)];
    }),
  );
}

/** Two servers with the same address and port. Answers could not be told apart. */
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

/**
 * Different relay addresses for DHCPv4. The relay's address selects the subnet, so one subnet needs one relay
 * address.
 */
function differentRelays(scenario: Scenario, external: External): Finding[] {
  const [first, ...others] = endpoints(scenario, external).filter(({ kind }) => familyOf(kind) === 4);
  const other = others.find(({ relay }) => relay !== first?.relay);
  if (first === undefined || other === undefined) return [];
  return [
    finding(
      [...other.path, 'relay'],
      `${other.path.join('.')}.relay is ${other.relay}, but that of another server is ${first.relay}`,
      'the relay address stands in each request and selects the subnet: give all DHCPv4 servers the same one',
    ),
  ];
}

export interface Endpoint {
  path: Path;
  kind: CaseKind;
  address: string;
  relay: string;
  control: string | undefined;
  /** Equal for two servers that could not be told apart. */
  way: string;
}

export function endpoints({ cases }: Scenario, { servers }: External): Endpoint[] {
  return servers.flatMap((server, index) =>
    cases.flatMap((kind) => {
      const endpoint = server[kind];
      if (endpoint === undefined) return [];
      const { address, relay, control, port = serverPortOf(kind) } = endpoint;
      const path: Path = ['external', 'servers', index, kind];
      return [{ path, kind, address, relay, control, way: `${address} ${port}` }];
    }),
  );
}
