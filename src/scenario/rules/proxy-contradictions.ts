import { traitsOf } from '../flavors.js';
import type { Finding } from '../language/problems.js';
import type { Scenario } from '../schema.js';

/** A proxy where there can be none, and settings of a proxy that is not there. */
export function findProxyContradictions({ kea, cluster }: Scenario): Finding[] {
  if (kea.proxy === undefined) return kea.haproxy === undefined ? [] : [unused()];
  return [...elsewhere(kea.proxy, cluster.provider), ...withoutReadiness(kea.proxy, cluster.flavor)];
}

function unused(): Finding {
  return {
    path: ['kea', 'haproxy'],
    related: [['kea', 'proxy']],
    at: 'key',
    message: 'kea.haproxy names a program that nothing runs, as there is no kea.proxy',
    hint: 'set kea.proxy to haproxy, or leave kea.haproxy out',
  };
}

function elsewhere(proxy: string, provider: Scenario['cluster']['provider']): Finding[] {
  if (provider !== 'external') return [];
  return [
    {
      path: ['kea', 'proxy'],
      related: [['cluster', 'provider']],
      at: 'value',
      message: `kea.proxy can't be ${proxy} with provider ${provider}: the servers that someone else runs reach their database as they are configured`,
      hint: 'leave it out',
    },
  ];
}

/** The proxy asks each node for `wsrep_ready`. A node without write-set replication does not have it. */
function withoutReadiness(proxy: string, flavor: Scenario['cluster']['flavor']): Finding[] {
  if (traitsOf(flavor).usesWsrep) return [];
  return [
    {
      path: ['kea', 'proxy'],
      related: [['cluster', 'flavor']],
      at: 'value',
      message: `kea.proxy can't be ${proxy} with the flavor ${flavor}: its nodes have no wsrep_ready to ask for`,
      hint: 'take cluster.flavor galera or percona, or leave kea.proxy out',
    },
  ];
}
